import type { Machine } from '../domain/containers.ts';
import { placementOf } from '../domain/placement.ts';
import { Problem } from '../domain/problem.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/**
 * Refuses what no machine of the cluster could carry even if it were empty: all together may have what none of them has,
 * and the Swarm would say that its machines are full. One that is away may come back, so it counts.
 *
 * @throws Problem SPAWN-183; SPAWN-150.
 */
export async function refuseMisfit({ containers }: SpawnPorts, settings: SpawnSettings): Promise<void> {
  const { cluster, memoryGuarantee, cpuGuarantee } = settings;
  if (cluster === undefined) return;
  const { resources } = placementOf(settings, cluster, null);
  const counted = Object.entries(resources);
  if (memoryGuarantee === 0 && cpuGuarantee === 0 && counted.length === 0) return;
  const machines = await containers.machines();
  const fits = ({ memory, cpus, resources: has = {} }: Machine) =>
    memory >= memoryGuarantee &&
    cpus >= cpuGuarantee &&
    counted.every(([name, count]) => (has[name] ?? 0) >= count);
  if (machines.some(fits)) return;
  const wanted = counted.map(([name, count]) => `${count} ${name}`);
  const promised =
    memoryGuarantee > 0 || cpuGuarantee > 0 ? ['the memory and cores that it is promised'] : [];
  throw new Problem('SPAWN-183', { detail: `no machine has ${[...promised, ...wanted].join(' and ')}` });
}
