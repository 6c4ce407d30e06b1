import type { Abilities } from '../../hub/src/domain/containers.ts';

/** Of one machine's own engine. */
export const EVERY_ABILITY: Abilities = {
  pause: true,
  limit: true,
  usage: true,
  save: true,
  ports: true,
  volumes: true,
};

/** Of a cluster's. */
export const NO_ABILITY: Abilities = {
  pause: false,
  limit: false,
  usage: false,
  save: false,
  ports: false,
  volumes: false,
};
