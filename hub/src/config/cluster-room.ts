import type { ClusterSettings, SpawnSettings } from '../domain/settings.ts';
import type { Settings } from './settings.ts';

/** Types of file systems of the engine's own driver that lie elsewhere on the network. */
const REMOTE = new Set(['nfs', 'nfs4', 'cifs', 'smb3', 'ceph', 'glusterfs']);

/** What settings say of many machines; nothing where servers run on one. */
export function clusterSettings(settings: Settings): Pick<SpawnSettings, 'nodeSelector' | 'cluster'> {
  if (settings.spawner !== 'swarm') return {};
  const { constraints, spread } = settings.placement;
  const { resources, gpuResource, nodeSelector } = settings;
  const driver = driverOf(settings);
  const cluster: ClusterSettings = {
    constraints,
    spread,
    resources,
    gpuResource,
    ...(driver === null ? {} : { driver }),
    movable: areMovable(settings),
  };
  return { nodeSelector, cluster };
}

function driverOf({
  volumeDriver,
  volumeDriverOptions: options,
}: Settings): ClusterSettings['driver'] | null {
  if (volumeDriver === null && Object.keys(options).length === 0) return null;
  return { name: volumeDriver ?? 'local', options };
}

function areMovable({ volumeScope, volumeDriver, volumeDriverOptions, homeStorage }: Settings): boolean {
  // Who has no files misses none elsewhere.
  if (homeStorage === 'none' || volumeScope === 'global') return true;
  if (volumeScope === 'local') return false;
  return (volumeDriver ?? 'local') !== 'local' || REMOTE.has(volumeDriverOptions.type ?? '');
}
