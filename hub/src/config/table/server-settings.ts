import { bytes, number, oneOf, optionalNumber, reader, setting, text } from '../setting.ts';

/** `quay.io/jupyter/scipy-notebook:latest`, or its parts as z2jh writes them: `{name: …, tag: …}`. */
const image = reader(
  {
    type: ['string', 'object'],
    properties: { name: { type: 'string' }, tag: { type: ['string', 'number'] } },
  },
  'should be an image such as quay.io/jupyter/scipy-notebook:latest, or its name and tag',
  (value): string | undefined => {
    if (typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string') {
      if (Object.keys(value).some((key) => key !== 'name' && key !== 'tag')) return undefined;
      const tag = 'tag' in value && value.tag !== null ? `:${String(value.tag)}` : '';
      return imageName(`${value.name}${tag}`);
    }
    return typeof value === 'string' ? imageName(value.trim()) : undefined;
  },
);

function imageName(name: string): string | undefined {
  return /^[a-z0-9][\w.:/@-]*$/i.test(name) ? name : undefined;
}

const optionalPath = reader(
  { type: ['string', 'null'], pattern: '^/' },
  'should be a path that begins with /',
  (value): string | null | undefined => {
    if (value === undefined || value === null || value === '') return null;
    return typeof value === 'string' && /^\/[^:]*$/.test(value.trim()) ? value.trim() : undefined;
  },
);

/** A command's words; a word of the environment is split at blanks. */
const command = reader(
  { type: ['array', 'string', 'null'], items: { type: 'string' } },
  'should be a command, or a list of its words',
  (value): readonly string[] | null | undefined => {
    if (value === undefined || value === null) return null;
    const words = typeof value === 'string' ? value.split(/\s+/).filter((word) => word !== '') : value;
    if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) return undefined;
    return words.length === 0 ? null : words;
  },
);

/** What a notebook server is made of, and how long its start may take. */
export const SERVER_SETTINGS = {
  image: setting({
    env: 'DOCKER_NOTEBOOK_IMAGE',
    trait: ['DockerSpawner.image', 'DockerSpawner.container_image', 'singleuser.image'],
    doc: 'Image of the notebook servers. Any image whose command is `jupyterhub-singleuser`, or one of the Jupyter docker-stacks.',
    type: image,
    fallback: 'berth-notebook-minimal',
    reload: true,
  }),
  spawnCommand: setting({
    env: 'DOCKER_SPAWN_CMD',
    trait: ['Spawner.cmd', 'singleuser.cmd'],
    doc: "Command to run in the container. Empty: the image's own, which is right for nearly all.",
    type: command,
    reload: true,
  }),
  notebookDir: setting({
    env: 'DOCKER_NOTEBOOK_DIR',
    trait: 'Spawner.notebook_dir',
    doc: "Where in the container notebooks open (`~` is the home of the image's user), and where the person's volume is mounted unless the next one says otherwise.",
    type: text,
    fallback: '/home/jovyan/work',
    reload: true,
  }),
  volumeDir: setting({
    env: 'DOCKER_VOLUME_DIR',
    trait: 'singleuser.storage.homeMountPath',
    doc: "Where the person's volume is mounted. Empty: where notebooks open, or on `/home/jovyan` when that is told with `~`.",
    type: optionalPath,
  }),
  homeStorage: setting({
    env: 'HOME_STORAGE',
    trait: 'singleuser.storage.type',
    doc: '`volume`: each person has a volume, whose files outlive the server. `none`: nothing outlives it. `dynamic`, the word of z2jh, is `volume`.',
    type: oneOf('volume', 'dynamic', 'none'),
    fallback: 'volume',
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
    trait: ['Spawner.default_url', 'singleuser.defaultUrl'],
    doc: 'Where a person lands: `/lab` for JupyterLab, `/tree` for the classic notebook.',
    type: text,
    fallback: '/lab',
    reload: true,
  }),
  memory: setting({
    env: 'MEM_LIMIT',
    trait: ['Spawner.mem_limit', 'singleuser.memory.limit'],
    doc: 'Memory of one server, such as `2G`; `none` for no limit.',
    type: bytes,
    fallback: '2G',
    reload: true,
  }),
  cpus: setting({
    env: 'CPU_LIMIT',
    trait: ['Spawner.cpu_limit', 'singleuser.cpu.limit'],
    doc: 'Cores of one server, such as `1.5`. Empty: no limit.',
    type: optionalNumber(0.01, 1024),
    reload: true,
  }),
  pids: setting({
    env: 'PIDS_LIMIT',
    doc: 'How many processes and threads one server may have.',
    type: number(64, 65536),
    fallback: '1024',
    reload: true,
  }),
  shmSize: setting({
    env: 'SHM_SIZE',
    doc: "Shared memory of one server, such as `1G`. Empty: the engine's 64 MB.",
    type: bytes,
    reload: true,
  }),
  portForwarding: setting({
    env: 'PORT_FORWARDING',
    trait: 'singleuser.portForwarding',
    doc: "Who leads `/user/<name>/proxy/<port>/` to the programs on a server's ports. `auto`: jupyter-server-proxy where the image has it, else Berth. `always`: Berth, whatever the image has. `never`: Berth does not.",
    type: oneOf('auto', 'always', 'never'),
    fallback: 'auto',
    reload: true,
  }),
  portForwarderImage: setting({
    env: 'PORT_FORWARDER_IMAGE',
    doc: "Berth's own image, from which it starts what leads to ports. `make` tags it so; set only where the image has another name.",
    type: text,
    fallback: 'berth-proxy:latest',
  }),
  portForwarderIdle: setting({
    env: 'PORT_FORWARDER_IDLE',
    doc: 'Seconds without a request or an open connection after which what leads to the ports of a server is stopped. The next request starts it again, within a second or two.',
    type: number(1, 86_400),
    fallback: '900',
  }),
  pullTimeout: setting({
    env: 'PULL_TIMEOUT',
    doc: 'Seconds that the download of an image may take. Not part of `START_TIMEOUT`.',
    type: number(10, 86_400),
    fallback: '1800',
    reload: true,
  }),
  startTimeout: setting({
    env: 'START_TIMEOUT',
    trait: ['Spawner.start_timeout', 'singleuser.startTimeout'],
    doc: 'Seconds that the engine may take to make and start a container.',
    type: number(1, 3600),
    fallback: '60',
    reload: true,
  }),
  httpTimeout: setting({
    env: 'HTTP_TIMEOUT',
    trait: 'Spawner.http_timeout',
    doc: 'Seconds until a started server must answer.',
    type: number(1, 3600),
    fallback: '60',
    reload: true,
  }),
  namedServers: setting({
    env: 'NAMED_SERVER_LIMIT_PER_USER',
    trait: ['JupyterHub.named_server_limit_per_user', 'hub.namedServerLimitPerUser'],
    doc: 'How many servers each may have beside the default one; `0` is any number. Empty: none.',
    type: optionalNumber(0, 10_000),
  }),
} as const;
