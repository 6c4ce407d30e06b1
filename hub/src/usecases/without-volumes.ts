import type { Containers } from '../domain/containers.ts';
import type { VolumeVerbs } from './move-volume.ts';
import { requireAbility } from './require-ability.ts';

/** Where nobody looks into volumes: every verb is refused with Problem SPAWN-180. */
export function withoutVolumes(containers: Pick<Containers, 'abilities'>): VolumeVerbs {
  const refuse = async (): Promise<never> => {
    requireAbility(containers, 'volumes');
    throw new RangeError('this engine looks into volumes: use its own verbs');
  };
  return { list: refuse, backUp: refuse, restore: refuse, remove: refuse, removeAllOf: refuse };
}
