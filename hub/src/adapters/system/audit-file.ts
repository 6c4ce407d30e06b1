import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { type AuditEntry, auditEntry, fitsQuery } from '../../domain/audit.ts';
import type { AuditTrail, Clock, Facts, Log } from '../../domain/ports.ts';

export interface AuditFileOptions {
  readonly path: string;
  /** Bytes after which a new file is begun. */
  readonly size?: number;
  /** How many older ones are kept, as `<path>.1` and so on. */
  readonly keep?: number;
}

const SIZE = 10 * 1024 * 1024;
const KEEP = 5;
// A disk that is full for long must not fill the memory, too.
const WAITING_MAX = 10_000;
const SYNC_EVERY_MS = 1000;
const RETRY_MS = 5000;

/**
 * The audit log: one JSON object a line, only ever appended to, readable by its owner alone.
 *
 * Lines are handed to the system at once and brought to the disk (fsync) within a second: a hub that is
 * killed loses none, a machine that loses power those of its last second. When the disk is full they wait in
 * memory, and how many were lost in the end is a line of its own.
 */
export function openAuditFile(
  { path, size = SIZE, keep = KEEP }: AuditFileOptions,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): AuditTrail & { follow(facts: Facts): void; close(): Promise<void> } {
  let waiting: string[] = [];
  let lost = 0;
  let work: Promise<void> = Promise.resolve();
  let syncing: NodeJS.Timeout | null = null;
  let trying: NodeJS.Timeout | null = null;
  let file: FileHandle | null = null;
  let closed = false;

  const add = (entry: AuditEntry): void => {
    if (closed) return;
    if (waiting.length >= WAITING_MAX) lost += 1;
    else waiting.push(lineOf(entry));
    if (trying === null) work = work.then(write);
  };

  async function write(): Promise<void> {
    trying = null;
    if (waiting.length === 0) return;
    const lines = waiting;
    waiting = [];
    try {
      file ??= await open(path, 'a', 0o600);
      if ((await file.stat()).size > size) await rotate();
      if (lost > 0) lines.push(lineOf(lostEntry(clock.now(), lost)));
      await file.appendFile(lines.join(''));
      lost = 0;
      syncing ??= later(SYNC_EVERY_MS, sync);
    } catch (error) {
      waiting = [...lines, ...waiting].slice(0, WAITING_MAX);
      log.error({ error, path }, 'the audit log cannot be written; its lines wait in memory');
      trying ??= later(RETRY_MS, write);
    }
  }

  async function rotate(): Promise<void> {
    await file?.close();
    file = null;
    await rm(`${path}.${keep}`, { force: true });
    for (let n = keep - 1; n >= 0; n -= 1) await move(n === 0 ? path : `${path}.${n}`, `${path}.${n + 1}`);
    file = await open(path, 'a', 0o600);
  }

  async function sync(): Promise<void> {
    syncing = null;
    await file
      ?.datasync()
      .catch((error: unknown) => log.warn({ error, path }, 'the audit log was not synced'));
  }

  function later(ms: number, then: () => Promise<void>): NodeJS.Timeout {
    const timer = setTimeout(() => {
      work = work.then(then);
    }, ms);
    timer.unref();
    return timer;
  }

  return {
    follow(facts) {
      facts.listen((fact) => {
        const entry = auditEntry(fact, clock.now());
        if (entry !== null) add(entry);
      });
    },
    async read(query) {
      const found: AuditEntry[] = [];
      work = work.then(write);
      await work;
      for (let n = 0; n <= keep && found.length < query.limit; n += 1) {
        const text = await readFile(n === 0 ? path : `${path}.${n}`, 'utf8').catch(() => '');
        for (const line of text.split('\n').reverse()) {
          const entry = entryOf(line);
          if (entry !== null && fitsQuery(entry, query)) found.push(entry);
          if (found.length >= query.limit) break;
        }
      }
      return found;
    },
    async close() {
      closed = true;
      work = work.then(write).then(sync);
      await work;
      for (const timer of [syncing, trying]) if (timer !== null) clearTimeout(timer);
      await file?.close();
    },
  };
}

function lineOf({ at, ...rest }: AuditEntry): string {
  return `${JSON.stringify({ time: new Date(at).toISOString(), ...rest })}\n`;
}

function lostEntry(at: number, lost: number): AuditEntry {
  return { at, what: 'act', by: 'hub', on: '', address: '', detail: `${lost} lines of this log were lost` };
}

/** What is no line of ours (half of one, after a power cut) is passed over. */
function entryOf(line: string): AuditEntry | null {
  try {
    const { time, what, by, on, address, detail } = JSON.parse(line);
    const at = Date.parse(time);
    const words = [what, by, on, address, detail];
    if (Number.isNaN(at) || words.some((word) => typeof word !== 'string')) return null;
    return { at, what, by, on, address, detail };
  } catch {
    return null;
  }
}

async function move(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
