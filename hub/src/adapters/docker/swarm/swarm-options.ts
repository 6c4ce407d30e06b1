import type { Log, Sealer } from '../../../domain/ports.ts';

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
