import { readPlacement } from '../placement-spec.ts';
import { dictionary, number, oneOf, optionalText, reader, setting, text } from '../setting.ts';
import { readResources } from '../swarm-resources.ts';

/** Words of `spawner_class`; the last part of a Python name counts. */
const SPAWNERS: Readonly<Record<string, 'docker' | 'swarm'>> = {
  docker: 'docker',
  dockerspawner: 'docker',
  systemuserspawner: 'docker',
  swarm: 'swarm',
  swarmspawner: 'swarm',
};

/** `elsewhere`: a class of another kind of spawner, in whose place servers are containers of this machine. */
const spawner = reader(
  { type: 'string', examples: ['docker', 'swarm'] },
  'should be docker or swarm',
  (value): 'docker' | 'swarm' | 'elsewhere' | undefined => {
    const word = typeof value === 'string' ? (value.trim().split('.').at(-1) ?? '') : '';
    const known = SPAWNERS[word.toLowerCase()];
    if (known !== undefined) return known;
    return /Spawner$/.test(word) || /^(?:simple|default|localprocess)$/i.test(word) ? 'elsewhere' : undefined;
  },
);

const placement = reader(
  { type: ['object', 'array', 'string', 'null'] },
  'should be constraints such as node.labels.disk==ssd, or {"constraints": […], "preferences": [["spread", "node.labels.rack"]]}',
  readPlacement,
);

const resources = reader(
  { type: ['object', 'string', 'null'] },
  'should be countable things with their number, such as {"gpu": 1}; limits and guarantees have settings of their own',
  readResources,
);

/** Many machines: Docker's own cluster engine, Swarm. */
export const CLUSTER_SETTINGS = {
  spawner: setting({
    env: 'SPAWNER',
    trait: 'JupyterHub.spawner_class',
    doc: 'Where servers run: `docker`, on this machine, or `swarm`, on the machines of the Docker Swarm of which this machine is a manager. DockerSpawner’s and SwarmSpawner’s class names mean the same.',
    type: spawner,
    fallback: 'docker',
  }),
  nodeSelector: setting({
    env: 'NODE_SELECTOR',
    trait: ['KubeSpawner.node_selector', 'singleuser.nodeSelector'],
    doc: 'Labels that a machine of the Swarm must have to be given a server: `{"disk": "ssd"}` is the constraint `node.labels.disk==ssd`. A profile adds its own. Without meaning on one machine.',
    type: dictionary,
    reload: true,
  }),
  placement: setting({
    env: 'PLACEMENT',
    trait: 'SwarmSpawner.extra_placement_spec',
    doc: 'Which machines of the Swarm a server may run on, in the Swarm’s own words, and what servers are spread over: `{"constraints": ["node.role==worker"], "preferences": [["spread", "node.labels.rack"]]}`.',
    type: placement,
    reload: true,
  }),
  resources: setting({
    env: 'GENERIC_RESOURCES',
    trait: 'SwarmSpawner.extra_resources_spec',
    doc: 'Generic resources that each server takes from its machine, such as `{"fpga": 1}`. The machines’ engines say what they have (`node-generic-resources`).',
    type: resources,
    reload: true,
  }),
  gpuResource: setting({
    env: 'GPU_RESOURCE',
    doc: 'Name of the generic resource by which the machines of the Swarm tell their GPUs. A profile with `gpus: 1`, or with `extra_resource_limits: {nvidia.com/gpu: 1}`, takes so many of it.',
    type: text,
    fallback: 'gpu',
  }),
  volumeDriver: setting({
    env: 'VOLUME_DRIVER',
    trait: 'SwarmSpawner.volume_driver',
    doc: 'Driver of new volumes on the Swarm, such as a plugin that every machine has. Empty: each machine’s own disk.',
    type: optionalText,
  }),
  volumeDriverOptions: setting({
    env: 'VOLUME_DRIVER_OPTIONS',
    trait: 'SwarmSpawner.volume_driver_options',
    doc: 'Options for new volumes on the Swarm; `{volume}` is replaced by the name of the volume, which is one person’s for good. For NFS without a plugin: `{"type": "nfs", "o": "addr=10.0.0.5,rw,nfsvers=4", "device": ":/export/{volume}"}`.',
    type: dictionary,
  }),
  volumeScope: setting({
    env: 'VOLUME_SCOPE',
    doc: 'Where people’s files can be reached: `local`, only on the machine where they lie, so that everybody returns to theirs; `global`, from every machine, so that servers move freely. `auto`: global with a driver other than `local`, or with NFS or CIFS in its options.',
    type: oneOf('auto', 'local', 'global'),
    fallback: 'auto',
  }),
  drainGrace: setting({
    env: 'DRAIN_GRACE',
    doc: 'Seconds that servers still run on a machine of the Swarm that takes no new ones (`docker node update --availability pause`). Their owners are told from the first; after that the servers are stopped, and started on another machine where files can move. `0`: they are left alone.',
    type: number(0, 604_800),
    fallback: '1800',
    reload: true,
  }),
} as const;
