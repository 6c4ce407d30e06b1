import type { SpawnStep } from '../domain/fact.ts';
import { describeProblem, isProblemCode } from '../domain/problem.ts';
import { isStarting, type Server, type ServerState, serverKey } from '../domain/server.ts';
import { percentOf } from '../domain/spawn-progress.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/**
 * The steps of a server's start: those so far first, then each as it comes; ends after the last (`ready`,
 * `failed`, `stopped`), or with the signal. Any number may follow, and come back after a lost connection.
 */
export type FollowSpawn = (user: string, server: string, signal: AbortSignal) => AsyncIterable<SpawnStep>;

/** Servers whose steps are remembered. */
const MOST_TOLD = 2000;

const LAST: readonly ServerState[] = ['ready', 'frozen', 'failed', 'stopped'];

/** Listens from now on: make it before the first start. */
export function makeFollowSpawn(ports: Pick<SpawnPorts, 'facts' | 'store' | 'clock'>): FollowSpawn {
  // A handful of steps for each server that was started lately.
  const told = new Map<string, SpawnStep[]>();
  ports.facts.listen((fact) => {
    if (fact.kind === 'server-step') remember(told, serverKey(fact.user, fact.server), fact.step);
  });

  return async function* follow(user, server, signal) {
    const fresh: SpawnStep[] = [];
    let ring = () => {};
    const deaf = ports.facts.listen((fact) => {
      if (fact.kind !== 'server-step' || fact.user !== user || fact.server !== server) return;
      fresh.push(fact.step);
      ring();
    });
    const hangUp = () => ring();
    signal.addEventListener('abort', hangUp, { once: true });
    try {
      const key = serverKey(user, server);
      const record = ports.store.servers.get(key);
      fresh.unshift(...(soFar(told.get(key), record) ?? stepsOf(record, ports.clock.now())));
      while (!signal.aborted) {
        const step = fresh.shift();
        if (step === undefined) {
          await new Promise<void>((resolve) => {
            ring = resolve;
          });
          continue;
        }
        yield step;
        if (LAST.includes(step.state)) return;
      }
    } finally {
      signal.removeEventListener('abort', hangUp);
      deaf();
    }
  };
}

/** What is remembered of this start. One that has ended is another when the record has begun anew, but not said so yet. */
function soFar(
  steps: readonly SpawnStep[] | undefined,
  server: Server | undefined,
): readonly SpawnStep[] | undefined {
  const ended = LAST.includes(steps?.at(-1)?.state ?? 'queued');
  return ended && server !== undefined && isStarting(server) ? undefined : steps;
}

/** Progress within one state replaces the one before; a new start begins a new list. */
function remember(told: Map<string, SpawnStep[]>, key: string, step: SpawnStep): void {
  const steps = told.get(key);
  if (steps === undefined || step.state === 'queued') {
    told.delete(key);
    told.set(key, [step]);
    // Servers come and go; of those that were forgotten the record still tells how they ended.
    const oldest = told.keys().next();
    if (told.size > MOST_TOLD && oldest.done !== true) told.delete(oldest.value);
    return;
  }
  if (steps.at(-1)?.state === step.state) steps.pop();
  steps.push(step);
}

/** What can be said of a server whose steps nobody remembers: the hub was restarted. */
function stepsOf(server: Server | undefined, at: number): SpawnStep[] {
  if (server === undefined) return [{ at, state: 'stopped', percent: 100, message: 'Not running' }];
  const { state, failure } = server;
  const step = { at, state, percent: percentOf(state), message: wordsFor(server) };
  if (state !== 'failed' || failure === null || !isProblemCode(failure.code)) return [step];
  const { title, user } = describeProblem(failure.code, failure.facts ?? {});
  return [{ ...step, message: `${title}. ${user}`, code: failure.code }];
}

const wordsFor = ({ state, web }: Server): string =>
  state === 'waiting' && web !== null ? 'Waiting for the application to answer' : WORDS[state];

const WORDS: Readonly<Record<ServerState, string>> = {
  stopped: 'Not running',
  queued: 'Server requested',
  pulling: 'Looking for the image',
  creating: 'Making the container',
  starting: 'Starting the container',
  waiting: 'Waiting for the notebook to answer',
  ready: 'Server ready',
  frozen: 'Server ready, asleep',
  stopping: 'Stopping',
  failed: 'The start failed',
};
