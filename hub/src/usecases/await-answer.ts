import { Problem } from '../domain/problem.ts';
import { type Server, serverKey, serverPath } from '../domain/server.ts';
import { formatLimit, waitPercent } from '../domain/spawn-progress.ts';
import { clearAddress } from './clear-address.ts';
import { leftMachine } from './left-machine.ts';
import type { Life } from './lives.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { SpawnStory } from './spawn-story.ts';
import { within } from './within.ts';

/** Pauses between two questions: short while a warm image may answer at any moment, then gentler. */
const FIRST_PAUSE_MS = 60;
const EAGER_MS = 20_000;
const LONGEST_PAUSE_MS = 1_000;
/** A warm start is over soon after; who waits longer wants to see what it is doing. */
const SILENT_MS = 1_500;
const LOG_LINES = 12;
/** How often the container is looked at although no event came: events may be missed. */
const LOOK_EVERY_MS = 1_000;

/**
 * Waits for the first answer of a container that was just started, and returns its target
 * (`http://172.18.0.5:8888`).
 *
 * @throws Problem SPAWN-120 or SPAWN-121 at once when the container ends, SPAWN-184 when its machine goes away, SPAWN-122 after `httpTimeout`,
 *   the life's reason when it is cancelled.
 */
export async function awaitAnswer(
  ports: SpawnPorts,
  server: Server,
  containerId: string,
  life: Life,
  story: SpawnStory,
): Promise<string> {
  const { settings, clock } = ports;
  const words = settings.web === undefined ? 'notebook' : 'application';
  const path = serverPath(settings.baseUrl, server.user, server.name);
  let target: string | null = null;
  let log: readonly string[] = [];
  let reading = false;
  const late = new Problem('SPAWN-122', {
    url: `port ${portOf(settings)}, ${settings.web?.healthPath ?? `${path}api`}`,
    seconds: Math.round(settings.httpTimeout / 1000),
    port: portOf(settings),
  });
  return within(clock, settings.httpTimeout, late, life.signal, async (signal) => {
    const began = clock.now();
    let lookAt = began;
    let tick = new AbortController();
    life.onNudge(() => {
      lookAt = 0;
      tick.abort();
    });
    for (let pause = FIRST_PAUSE_MS; ; ) {
      signal.throwIfAborted();
      if (clock.now() - began > EAGER_MS) pause = Math.min(pause * 1.25, LONGEST_PAUSE_MS);
      tick = new AbortController();
      if (clock.now() >= lookAt) {
        lookAt = clock.now() + LOOK_EVERY_MS;
        const found = await findTarget(ports, containerId);
        if (found !== null && found !== target) await clearAddress(ports, server, found);
        target = found;
        const waited = clock.now() - began;
        if (waited >= SILENT_MS && !reading) {
          // Shown with the next look: the notebook's answer is not kept waiting for it.
          reading = true;
          void lastLines(ports, containerId).then((lines) => {
            log = lines;
            reading = false;
          });
        }
        story.tell('waiting', `Waiting for the ${words} to answer`, { percent: waitPercent(waited), log });
      }
      const either = AbortSignal.any([signal, tick.signal]);
      if (target !== null && (await answers(ports, server, target, path, either))) return target;
      // A nudge ends the pause early; the end of `signal` is noticed above.
      await clock.sleep(pause, either).catch(() => {});
    }
  });
}

const portOf = ({ web, port }: SpawnPorts['settings']): number => web?.port ?? port;

function answers(
  { settings, notebook, guard }: SpawnPorts,
  { user, name, generation }: Server,
  target: string,
  path: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { web } = settings;
  if (web === undefined) return notebook.answers(target, path, signal);
  const { stripPrefix, healthPath, tokenHeader } = web;
  const token = guard.signer.doorToken(serverKey(user, name), generation);
  const headers: Record<string, string> = tokenHeader === null ? {} : { [tokenHeader.name]: token };
  return notebook.isWell(`${target}${stripPrefix ? '' : path.slice(0, -1)}${healthPath}`, headers, signal);
}

/** For whoever watches; a start does not fail for want of them. */
async function lastLines(ports: SpawnPorts, containerId: string): Promise<readonly string[]> {
  try {
    return await ports.containers.logs(containerId, LOG_LINES);
  } catch (error) {
    ports.log.warn(
      { containerId, error: String(error) },
      'the log of a starting container could not be read',
    );
    return [];
  }
}

/** Null while the container has no address yet. */
async function findTarget(ports: SpawnPorts, containerId: string): Promise<string | null> {
  const { network, memory } = ports.settings;
  const view = await ports.containers.inspect(containerId, network);
  if (view === null) throw new Problem('SPAWN-120', { exitCode: null });
  const left = leftMachine(view);
  if (left !== null) throw new Problem('SPAWN-184', { machine: left.from });
  if (!view.running) {
    if (view.outOfMemory) throw new Problem('SPAWN-121', { limit: formatLimit(memory) });
    throw new Problem('SPAWN-120', { exitCode: view.exitCode });
  }
  return view.address === null ? null : `http://${view.address}:${portOf(ports.settings)}`;
}
