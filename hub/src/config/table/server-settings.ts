import { bytes, number, optionalNumber, optionalText, setting, text } from '../setting.ts';

/** What a notebook server is made of, and how long its start may take. */
export const SERVER_SETTINGS = {
  image: setting({
    env: 'DOCKER_NOTEBOOK_IMAGE',
    trait: 'DockerSpawner.image',
    doc: 'Image of the notebook servers. Any image whose command is `jupyterhub-singleuser`, or one of the Jupyter docker-stacks.',
    type: text,
    fallback: 'berth-notebook-minimal',
  }),
  spawnCommand: setting({
    env: 'DOCKER_SPAWN_CMD',
    trait: 'DockerSpawner.cmd',
    doc: "Command to run in the container. Empty: the image's own, which is right for nearly all.",
    type: optionalText,
  }),
  notebookDir: setting({
    env: 'DOCKER_NOTEBOOK_DIR',
    trait: 'Spawner.notebook_dir',
    doc: "Where in the container the person's volume is mounted, and where notebooks open.",
    type: text,
    fallback: '/home/jovyan/work',
  }),
  network: setting({
    env: 'DOCKER_NETWORK_NAME',
    trait: 'DockerSpawner.network_name',
    doc: 'Docker network on which hub, proxy and notebook servers meet.',
    type: text,
    fallback: 'jupyterhub-network',
  }),
  volumeTemplate: setting({
    env: 'DOCKER_VOLUME_TEMPLATE',
    trait: 'DockerSpawner.volumes',
    doc: "Name of a person's volume; `{username}` is replaced. Volumes of a former JupyterHub are found under all of DockerSpawner's ways of writing a name.",
    type: text,
    fallback: 'jupyterhub-user-{username}',
  }),
  defaultUrl: setting({
    env: 'DEFAULT_URL',
    trait: 'Spawner.default_url',
    doc: 'Where a person lands: `/lab` for JupyterLab, `/tree` for the classic notebook.',
    type: text,
    fallback: '/lab',
  }),
  memory: setting({
    env: 'MEM_LIMIT',
    trait: 'Spawner.mem_limit',
    doc: 'Memory of one server, such as `2G`; `none` for no limit.',
    type: bytes,
    fallback: '2G',
  }),
  cpus: setting({
    env: 'CPU_LIMIT',
    trait: 'Spawner.cpu_limit',
    doc: 'Cores of one server, such as `1.5`. Empty: no limit.',
    type: optionalNumber(0.01, 1024),
  }),
  pids: setting({
    env: 'PIDS_LIMIT',
    doc: 'How many processes and threads one server may have.',
    type: number(64, 65536),
    fallback: '1024',
  }),
  shmSize: setting({
    env: 'SHM_SIZE',
    doc: "Shared memory of one server, such as `1G`. Empty: the engine's 64 MB.",
    type: bytes,
  }),
  pullTimeout: setting({
    env: 'PULL_TIMEOUT',
    doc: 'Seconds that the download of an image may take. Not part of `START_TIMEOUT`.',
    type: number(10, 86_400),
    fallback: '1800',
  }),
  startTimeout: setting({
    env: 'START_TIMEOUT',
    trait: 'Spawner.start_timeout',
    doc: 'Seconds that the engine may take to make and start a container.',
    type: number(1, 3600),
    fallback: '60',
  }),
  httpTimeout: setting({
    env: 'HTTP_TIMEOUT',
    trait: 'Spawner.http_timeout',
    doc: 'Seconds until a started server must answer.',
    type: number(1, 3600),
    fallback: '60',
  }),
  namedServers: setting({
    env: 'NAMED_SERVER_LIMIT_PER_USER',
    trait: 'JupyterHub.named_server_limit_per_user',
    doc: 'How many servers each may have beside the default one; `0` is any number. Empty: none.',
    type: optionalNumber(0, 10_000),
  }),
} as const;
