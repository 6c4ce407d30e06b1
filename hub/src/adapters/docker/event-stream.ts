import { setTimeout as sleep } from 'node:timers/promises';
import { LABEL } from '../../domain/container-spec.ts';
import type { ContainerEvent } from '../../domain/containers.ts';
import type { Log } from '../../domain/ports.ts';
import type { Engine } from './engine.ts';
import { readLines } from './read-lines.ts';

const EVENTS = ['die', 'destroy', 'start', 'pause', 'unpause'];
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Tells what the engine tells of this hub's containers, until the signal ends. Each time the connection
 * stands anew, a `gap` comes first: nobody knows what happened before.
 */
export async function followEvents(
  engine: Engine,
  instance: string,
  listen: (event: ContainerEvent) => void,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      const stream = await engine.look(
        (abortSignal) => connect(engine, instance, abortSignal, signal),
        signal,
      );
      pause = FIRST_PAUSE_MS;
      listen({ kind: 'gap' });
      for await (const line of readLines(stream, signal)) {
        const event = readEvent(line);
        if (event !== null) listen(event);
      }
      if (!signal.aborted) log.warn({}, 'the engine ended the event stream');
    } catch (error) {
      if (!signal.aborted) log.warn({ error: String(error) }, 'the engine tells no events');
    }
    await sleep(pause, undefined, { signal }).catch(() => {});
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** `connecting` is for the answer's head only: the stream itself has no deadline. */
async function connect(
  engine: Engine,
  instance: string,
  connecting: AbortSignal,
  whole: AbortSignal,
): Promise<NodeJS.ReadableStream> {
  const stop = new AbortController();
  const give = () => stop.abort();
  connecting.addEventListener('abort', give, { once: true });
  const stream = await engine.docker.getEvents({
    filters: { type: ['container'], event: EVENTS, label: [`${LABEL.hub}=${instance}`] },
    abortSignal: AbortSignal.any([stop.signal, whole]),
  });
  connecting.removeEventListener('abort', give);
  return stream;
}

/** Null for what is of no interest. Whether memory ran out is not in the event: whoever needs it inspects. */
export function readEvent(line: string): ContainerEvent | null {
  const event = parse(line);
  const id = event?.Actor?.ID;
  if (typeof id !== 'string') return null;
  if (event?.Action === 'destroy') return { kind: 'removed', id };
  if (event?.Action === 'start') return { kind: 'started', id };
  if (event?.Action === 'pause') return { kind: 'paused', id };
  if (event?.Action === 'unpause') return { kind: 'unpaused', id };
  if (event?.Action !== 'die') return null;
  const code = Number(event.Actor?.Attributes?.exitCode);
  return { kind: 'died', id, exitCode: Number.isInteger(code) ? code : null };
}

interface EngineEvent {
  readonly Action?: unknown;
  readonly Actor?: { readonly ID?: unknown; readonly Attributes?: Readonly<Record<string, unknown>> };
}

function parse(line: string): EngineEvent | null {
  try {
    return JSON.parse(line) as EngineEvent | null;
  } catch {
    // Half a line at the end of a connection; the gap that follows makes up for it.
    return null;
  }
}
