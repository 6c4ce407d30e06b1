import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerEvent } from '../../../domain/containers.ts';
import type { Log } from '../../../domain/ports.ts';
import { readLines } from '../read-lines.ts';
import type { SwarmApi } from './swarm-api.ts';
import { changesBetween, lookAround, type SwarmSight } from './swarm-sight.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** Managers tell of services and machines, and say nothing of tasks. */
const LOOK_EVERY_MS = 2_000;
/** However many events come. */
const LEAST_PAUSE_MS = 250;
/** Looking takes no more than this part of the hub's time, however large the Swarm. */
const SHARE_OF_TIME = 0.25;

export interface Watch {
  readonly api: SwarmApi;
  readonly instance: string;
  readonly listen: (event: ContainerEvent) => void;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Each time that the connection stands anew. */
  readonly onGap: () => void;
}

/** Tells what changes in the Swarm until the signal ends, with a `gap` each time the manager was lost. */
export async function watchSwarm(watch: Watch): Promise<void> {
  const { log, signal } = watch;
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const visit = new AbortController();
    const until = AbortSignal.any([signal, visit.signal]);
    try {
      const stream = await connect(watch.api, until);
      let before = await see(watch);
      pause = FIRST_PAUSE_MS;
      watch.listen({ kind: 'gap' });
      watch.onGap();
      const bell = ringOn(stream, until);
      while (!signal.aborted) {
        before = await lookAgain(watch, before, bell);
      }
    } catch (error) {
      if (!signal.aborted) log.warn({ error: String(error) }, 'the Swarm cannot be watched');
    } finally {
      visit.abort();
    }
    await sleep(pause, undefined, { signal }).catch(() => {});
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

const see = ({ api, instance }: Watch) => lookAround(api, instance, '');

/** @throws what ended the stream of events. */
async function lookAgain(watch: Watch, before: SwarmSight, bell: Bell): Promise<SwarmSight> {
  const began = performance.now();
  const after = await see(watch);
  for (const event of changesBetween(before, after)) watch.listen(event);
  const took = performance.now() - began;
  const least = Math.min(Math.max(LEAST_PAUSE_MS, took / SHARE_OF_TIME), LONGEST_PAUSE_MS);
  await sleep(least, undefined, { signal: watch.signal }).catch(() => {});
  await bell.next(Math.max(0, LOOK_EVERY_MS - least));
  return after;
}

interface Bell {
  /** Resolves at the next event, at one that came since the last call, or after `ms`. @throws what ended the events. */
  next(ms: number): Promise<void>;
}

function ringOn(stream: NodeJS.ReadableStream, signal: AbortSignal): Bell {
  let rung = false;
  let ended: Error | null = null;
  let wake = () => {};
  const read = async () => {
    try {
      for await (const _ of readLines(stream, signal)) {
        rung = true;
        wake();
      }
      ended = new Error('the manager ended the event stream');
    } catch (error) {
      ended = error instanceof Error ? error : new Error(String(error));
    }
    wake();
  };
  void read();
  return {
    async next(ms) {
      if (!rung && ended === null) {
        const woken = Promise.withResolvers<void>();
        wake = () => woken.resolve();
        const alarm = setTimeout(wake, ms);
        signal.addEventListener('abort', wake, { once: true });
        await woken.promise;
        clearTimeout(alarm);
        signal.removeEventListener('abort', wake);
      }
      rung = false;
      if (ended !== null) throw ended;
    },
  };
}

/** The deadline is for the answer's head only: the stream itself has none. */
async function connect({ engine }: SwarmApi, whole: AbortSignal): Promise<NodeJS.ReadableStream> {
  return engine.look(async (connecting) => {
    const stop = new AbortController();
    const give = () => stop.abort();
    connecting.addEventListener('abort', give, { once: true });
    try {
      return await engine.docker.getEvents({
        filters: { type: ['service', 'node'] },
        abortSignal: AbortSignal.any([stop.signal, whole]),
      });
    } finally {
      connecting.removeEventListener('abort', give);
    }
  }, whole);
}
