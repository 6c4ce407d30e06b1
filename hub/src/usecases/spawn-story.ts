import type { SpawnStep } from '../domain/fact.ts';
import { describeProblem, type Problem } from '../domain/problem.ts';
import type { ServerState } from '../domain/server.ts';
import { percentOf } from '../domain/spawn-progress.ts';
import type { SpawnPorts } from './spawn-ports.ts';

interface StepMore {
  readonly percent?: number;
  readonly code?: string;
  readonly log?: readonly string[];
}

/** Tells the steps of one start, with a percentage that never falls. */
export class SpawnStory {
  readonly #ports: Pick<SpawnPorts, 'facts' | 'clock'>;
  readonly #user: string;
  readonly #server: string;
  #percent = 0;
  #state: ServerState | null = null;
  #since = 0;

  constructor(ports: Pick<SpawnPorts, 'facts' | 'clock'>, user: string, server: string) {
    this.#ports = ports;
    this.#user = user;
    this.#server = server;
  }

  tell(state: ServerState, message: string, more: StepMore = {}): void {
    this.#percent = Math.max(this.#percent, more.percent ?? percentOf(state));
    const at = this.#ports.clock.now();
    if (state !== this.#state) this.#since = at;
    this.#state = state;
    const step: SpawnStep = {
      at,
      since: this.#since,
      state,
      percent: this.#percent,
      message,
      ...(more.code === undefined ? {} : { code: more.code }),
      ...(more.log === undefined || more.log.length === 0 ? {} : { log: more.log }),
    };
    this.#ports.facts.tell({ kind: 'server-step', user: this.#user, server: this.#server, step });
  }
}

/** What a problem says to the person who waits. */
export function sentenceOf(problem: Problem): string {
  const { title, user } = describeProblem(problem.code, problem.facts);
  return `${title}. ${user}`;
}
