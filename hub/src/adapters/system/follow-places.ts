import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Log } from '../../domain/ports.ts';

/** Looking, not watching: some mounts tell of no change. */
const LOOK_EVERY_MS = 1000;

/** Calls `changed` whenever one of these files, or a file in one of these folders, comes, goes or is written. */
export function followPlaces(request: {
  readonly places: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly changed: () => void;
}): void {
  const { places, clock, log, signal, changed } = request;
  const follow = async (): Promise<void> => {
    let seen = await stateOf(places);
    while (!signal.aborted) {
      await clock.sleep(LOOK_EVERY_MS, signal);
      const now = await stateOf(places);
      if (now === seen) continue;
      // What is being written is read when it is written: the state of two looks in a row.
      await clock.sleep(LOOK_EVERY_MS / 5, signal);
      if ((await stateOf(places)) !== now) continue;
      seen = now;
      changed();
    }
  };
  follow().catch((error: unknown) => {
    if (!signal.aborted) log.error({ error, places }, 'the configuration is not followed any more');
  });
}

async function stateOf(places: readonly string[]): Promise<string> {
  const states = await Promise.all(
    places.map(async (place) => [await stateOfOne(place), ...(await inside(place))]),
  );
  return JSON.stringify(states);
}

async function inside(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return await Promise.all(
    [...names].sort().map(async (name) => `${name} ${await stateOfOne(join(folder, name))}`),
  );
}

async function stateOfOne(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found === null ? 'gone' : `${found.ino} ${found.size} ${found.mtimeMs}`;
}
