import { watch } from 'node:fs';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Clock, Log } from '../../domain/ports.ts';
import { readUserlist, type Userlist } from '../../domain/userlist.ts';

/** An editor that empties a file before it fills it gets this long. */
const SETTLE_MS = 150;
/** Watching misses changes on some mounts, so the file is also looked at. */
const LOOK_EVERY_MS = 1000;
const MAX_BYTES = 1024 * 1024;

/**
 * Follows the userlist file. `changed` gets each new good list; `refused` gets the reason when the file
 * cannot be used, and the last good list stays. The last good text is also kept at `lastGoodPath`, so that
 * a restart over a broken file shuts nobody out, and lets nobody in.
 *
 * @returns the list to begin with.
 */
export async function followUserlist(request: {
  readonly path: string;
  readonly lastGoodPath: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly changed: (list: Userlist) => Promise<void>;
  readonly refused: (reason: string) => void;
}): Promise<Userlist> {
  const { path, lastGoodPath, clock, log, signal, changed, refused } = request;
  let seen = '';
  let refusedText: string | null = null;

  const first = await readSettled(path, clock);
  const start = first === null ? null : accept(first);
  if (start !== null) return begin(start);
  const kept = await readQuietly(lastGoodPath);
  return begin((kept === null ? null : readUserlist(kept).list) ?? new Map());

  function begin(list: Userlist): Userlist {
    follow().catch((error: unknown) => log.error({ error }, 'the userlist is not followed any more'));
    return list;
  }

  /** The list of a good text, remembered; null and told once for a bad one. */
  function accept(text: string): Userlist | null {
    const { list, faults } = readUserlist(text);
    if (list === null) {
      if (text !== refusedText) refused(faults.join('; '));
      refusedText = text;
      return null;
    }
    for (const fault of faults) log.warn({ path, fault }, 'userlist');
    seen = text;
    refusedText = null;
    keepLastGood(lastGoodPath, text).catch((error: unknown) =>
      log.warn({ error }, 'the last good userlist could not be kept'),
    );
    return list;
  }

  async function follow(): Promise<void> {
    let stirred = (): void => {};
    watchDirectory(path, signal, () => stirred());
    while (!signal.aborted) {
      const pause = new AbortController();
      stirred = () => pause.abort();
      await clock.sleep(LOOK_EVERY_MS, AbortSignal.any([signal, pause.signal])).catch(() => {});
      if (signal.aborted) return;
      await look();
    }
  }

  async function look(): Promise<void> {
    const text = await readSettled(path, clock);
    if (text === null) {
      if (refusedText !== '') refused('the file cannot be read');
      refusedText = '';
      return;
    }
    if (text === seen) return;
    const list = accept(text);
    if (list === null) return;
    try {
      await changed(list);
    } catch (error) {
      // Not applied (full disk, say): forget that it was seen, so that the next look tries again.
      seen = '';
      log.error({ error }, 'the new userlist could not be applied');
    }
  }
}

/** Whole or not at all: what is read after a power cut must not be half a list. */
async function keepLastGood(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}

/** The text once it has stopped changing, or null when it cannot be read. */
async function readSettled(path: string, clock: Clock): Promise<string | null> {
  let before = await readQuietly(path);
  for (let tries = 0; tries < 5; tries++) {
    await clock.sleep(SETTLE_MS);
    const after = await readQuietly(path);
    if (after === before) return after;
    before = after;
  }
  return null;
}

async function readQuietly(path: string): Promise<string | null> {
  try {
    const { size } = await stat(path);
    return size > MAX_BYTES ? null : await readFile(path, 'utf8');
  } catch {
    // Missing, unreadable, a directory: all the same here. The caller tells it once.
    return null;
  }
}

/** The directory, not the file: editors put a new file in the place of the old one. */
function watchDirectory(path: string, signal: AbortSignal, stirred: () => void): void {
  try {
    const watcher = watch(dirname(path), { signal }, (_event, name) => {
      if (name === basename(path)) stirred();
    });
    watcher.on('error', () => watcher.close());
  } catch {
    // Watching is only the faster way; looking once a second goes on.
  }
}
