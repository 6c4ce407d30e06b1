import type { Clock, Log, Random } from '../domain/ports.ts';
import type { Quota } from '../domain/storage-quota.ts';
import type { Store } from '../domain/store.ts';
import type { Volumes } from '../domain/volumes.ts';
import type { Restores } from './finish-restores.ts';
import type { Lives } from './lives.ts';
import type { VolumeHolds } from './volume-holds.ts';
import type { VolumeSizes } from './volume-sizes.ts';

/** What the use cases about volumes stand on. */
export interface StoragePorts {
  readonly store: Store;
  readonly volumes: Volumes;
  readonly holds: VolumeHolds;
  readonly restores: Restores;
  readonly sizes: VolumeSizes;
  readonly lives: Lives;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly quota: Quota;
  /** Tells this hub's volumes from another's on the same engine. */
  readonly instance: string;
}
