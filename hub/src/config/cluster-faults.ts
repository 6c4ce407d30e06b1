import { constraintOf } from '../domain/placement.ts';
import type { Settings } from './settings.ts';

interface EnvFault {
  readonly env: string;
  readonly reason: string;
}

/** What cannot be asked of a Swarm. On one machine none of it matters. */
export function clusterFaults(settings: Settings): readonly EnvFault[] {
  if (settings.spawner !== 'swarm') return [];
  const { nodeSelector, profileList, volumeDriverOptions, gpus } = settings;
  const faults: EnvFault[] = profileList.clusterFaults.map((reason) => ({
    env: 'PROFILES',
    reason: `is wrong: ${reason}`,
  }));
  for (const [label, value] of Object.entries(nodeSelector)) {
    if (constraintOf(label, value) !== null) continue;
    const reason = `has ${label}: ${value}, which cannot be a constraint of Swarm: use letters, digits, - _ and .`;
    faults.push({ env: 'NODE_SELECTOR', reason });
  }
  // The next person of a name would be given the files of whoever had it before: a volume's name is nobody else's.
  if (Object.values(volumeDriverOptions).some((value) => /\{(?:\w+_)?username\}/.test(value))) {
    faults.push({ env: 'VOLUME_DRIVER_OPTIONS', reason: 'has {username}: write {volume} in its place' });
  }
  if (gpus.length > 0) {
    const reason = 'is for one machine: each machine of a Swarm tells its own GPUs, see GPU_RESOURCE';
    faults.push({ env: 'GPUS', reason });
  }
  return faults;
}

/** What stands there and has no effect with this spawner. */
export function clusterWarnings(settings: Settings): readonly EnvFault[] {
  return settings.spawner === 'swarm' ? onMany(settings) : onOne(settings);
}

function onOne({ spawner, nodeSelector, placement, resources, ...rest }: Settings): readonly EnvFault[] {
  const given: readonly (readonly [string, boolean])[] = [
    ['NODE_SELECTOR', Object.keys(nodeSelector).length > 0],
    ['PLACEMENT', placement.constraints.length + placement.spread.length > 0],
    ['GENERIC_RESOURCES', Object.keys(resources).length > 0],
    ['VOLUME_DRIVER', rest.volumeDriver !== null],
    ['VOLUME_DRIVER_OPTIONS', Object.keys(rest.volumeDriverOptions).length > 0],
  ];
  const reason = 'is for many machines and has no effect on one: SPAWNER says which';
  const elsewhere =
    spawner === 'elsewhere'
      ? [{ env: 'SPAWNER', reason: 'has no effect: servers are containers of this machine’s engine' }]
      : [];
  return [...elsewhere, ...given.filter(([, is]) => is).map(([env]) => ({ env, reason }))];
}

function onMany(settings: Settings): readonly EnvFault[] {
  const { freezeTimeout, storageQuota, layerQuota, environmentSavers, sharedFolders } = settings;
  const local = settings.volumeScope !== 'global' && settings.volumeDriver === null;
  const cannot = 'has no effect: the services of a Swarm cannot';
  const given: readonly (readonly [string, boolean, string])[] = [
    [
      'FREEZE_TIMEOUT',
      freezeTimeout !== null,
      `${cannot} be frozen. Idle servers are stopped by CULL_TIMEOUT`,
    ],
    ['STORAGE_QUOTA', storageQuota !== null, 'has no effect: nobody measures volumes on other machines'],
    ['CONTAINER_DISK_LIMIT', layerQuota !== null, `${cannot} be limited in what they write`],
    ['ENVIRONMENT_SAVERS', environmentSavers.length > 0, `${cannot} be saved as images`],
    [
      'SHARED_FOLDERS',
      local && sharedFolders.length > 0,
      'are others on each machine: give VOLUME_DRIVER_OPTIONS, or folders that every machine mounts',
    ],
  ];
  return given.filter(([, is]) => is).map(([env, , reason]) => ({ env, reason }));
}
