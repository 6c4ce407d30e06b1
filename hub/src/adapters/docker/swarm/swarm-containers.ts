import type { Containers } from '../../../domain/containers.ts';
import type { ImageSpread } from '../../../domain/image-spread.ts';
import type { Log, Sealer } from '../../../domain/ports.ts';
import type { Engine } from '../engine.ts';

export interface SwarmOptions {
  /** Which of the Swarm's services are this hub's. */
  readonly instance: string;
  readonly log: Log;
  /** Keeps what went into a secret readable for the hub: the Swarm gives a secret to nobody but its containers. */
  readonly sealer: Sealer;
  /** Whether the sealer opens tomorrow what it sealed today; if not, tokens go into the environment. */
  readonly sealerLasts: boolean;
  /** Seconds between SIGTERM and SIGKILL: a service has it from its beginning, whatever `stop` says later. */
  readonly stopGraceSeconds: number;
}

/** A Swarm as the hub uses it: each server is a service, its id is the service's. `engine`: that of a manager. */
export function makeSwarmContainers(engine: Engine, options: SwarmOptions): Containers & ImageSpread {
  throw new Error(`not written yet: ${engine.deadlines.look} ${options.instance}`);
}
