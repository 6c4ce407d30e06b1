import type { ContainerSpec } from '../../../domain/containers.ts';
import { Problem } from '../../../domain/problem.ts';

/** What a service cannot be told is refused before anything is made, rather than left out. @throws Problem SPAWN-180 */
export function refuseUnable({ devices, gpus, layerSize }: ContainerSpec): void {
  if (devices.length > 0) throw unable('device files');
  // They are countable things here: `placement.resources`.
  if (gpus.length > 0) throw unable('GPUs by their ids');
  if (layerSize !== undefined) throw unable('size of what is written outside of volumes');
}

export function unable(detail: string): Problem {
  return new Problem('SPAWN-180', { detail });
}
