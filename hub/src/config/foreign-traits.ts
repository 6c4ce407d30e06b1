/**
 * Traits that stand in many a `jupyterhub_config.py` and have no use here, with what is told of them. What would be a
 * lock elsewhere (`internal_ssl`, `subdomain_host`) is not among them: without it the hub would be another one.
 */
const templates = 'has no effect: pages are the hub’s own';
const naming = 'has no effect: containers are called jupyter-<name>, and found by their labels';
const alive = 'has no effect: the engine tells at once when a container ends';
const hook =
  'is a function of Python, which this hub does not run: say with settings or in the image what it does';
const container =
  'would change how containers are made past what the hub knows of them: say with settings what it does';
const proxy = 'has no effect: the proxy is Berth’s own';

const WITHOUT_USE: Readonly<Record<string, readonly string[]>> = {
  [templates]: ['JupyterHub.template_paths', 'JupyterHub.logo_file', 'JupyterHub.data_files_path'],
  [naming]: [
    'DockerSpawner.prefix',
    'DockerSpawner.container_prefix',
    'DockerSpawner.name_template',
    'DockerSpawner.container_name_template',
    'DockerSpawner.escape',
    'DockerSpawner.format_volume_name',
  ],
  [alive]: ['Spawner.poll_interval', 'JupyterHub.init_spawners_timeout', 'JupyterHub.last_activity_interval'],
  [proxy]: [
    'ConfigurableHTTPProxy.command',
    'ConfigurableHTTPProxy.debug',
    'ConfigurableHTTPProxy.pid_file',
    'JupyterHub.proxy_cmd',
    'JupyterHub.proxy_api_ip',
    'JupyterHub.proxy_api_port',
    'JupyterHub.proxy_auth_token',
  ],
  'has no effect: LOG_LEVEL says how much the log tells': ['Spawner.debug', 'DockerSpawner.debug'],
  'has no effect: a server is one task, which the Swarm does not start again by itself': [
    'SwarmSpawner.extra_task_spec',
  ],
  'has no effect: a server is reached at its own address on the notebooks’ network': [
    'SwarmSpawner.extra_endpoint_spec',
  ],
  'has no effect: the hub writes to its container’s log': [
    'JupyterHub.extra_log_file',
    'JupyterHub.log_file',
  ],
  'has no effect: `make up` writes secrets/cookie_secret': ['JupyterHub.cookie_secret'],
  'has no effect: a process in a container needs none': ['JupyterHub.pid_file'],
  'has no effect: with compose/tls.yaml the proxy speaks TLS': ['JupyterHub.confirm_no_ssl'],
  'has no effect: the store brings itself up to date': ['JupyterHub.upgrade_db', 'JupyterHub.db_kwargs'],
  'has no effect: containers reach each other on the notebooks’ network': [
    'DockerSpawner.links',
    'DockerSpawner.host_ip',
    'DockerSpawner.use_internal_hostname',
  ],
};

const REFUSED: readonly string[] = [
  'Spawner.pre_spawn_hook',
  'Spawner.post_stop_hook',
  'Spawner.auth_state_hook',
  'Spawner.options_form',
  'Spawner.options_from_form',
  'Authenticator.post_auth_hook',
];

export const FOREIGN_TRAITS = [
  ...Object.entries(WITHOUT_USE).flatMap(([words, names]) => names.map((name) => ({ name, words }))),
  ...REFUSED.map((name) => ({ name, words: hook, refused: true })),
  { name: 'SwarmSpawner.extra_container_spec', words: container, refused: true },
];
