import type { Machine } from './containers.ts';

/** Whether one machine of a cluster has an image. */
export interface PullReport {
  readonly machine: Pick<Machine, 'id' | 'name'>;
  /** `skipped`: the machine is away, or takes nothing now. */
  readonly state: 'waiting' | 'fetching' | 'there' | 'failed' | 'skipped';
  /** The cluster engine's words about it; empty when there is nothing to say. */
  readonly detail: string;
}

/** Brings images to all machines of a cluster before anybody needs them there. */
export interface ImageSpread {
  /**
   * Ends when each machine has the image, has failed, or is skipped. Calls for one image share one round.
   * `report` is called with all rows each time one of them has changed.
   *
   * @throws Problem SPAWN-104 when the signal ends it, or SPAWN-150 … SPAWN-199 when the cluster does not take it.
   */
  prePull(
    image: string,
    report: (rows: readonly PullReport[]) => void,
    signal: AbortSignal,
  ): Promise<readonly PullReport[]>;
}
