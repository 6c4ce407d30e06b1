import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { Machine } from '../../domain/ports.ts';

/**
 * The machine's own account of itself, from `/proc`: a container sees the whole machine there. The engine is always on
 * this machine, behind its socket, so that it is the servers' machine too.
 */
export function makeMachine(memoryFile = '/proc/meminfo'): Machine {
  let before: Times | null = null;
  return {
    /** @throws Error when the file cannot be read, or is not what it was. */
    async load() {
      const memory = memoryOf(await readFile(memoryFile, 'utf8'));
      const now = times();
      const cores = { total: cpus().length, used: coresUsed(before, now) };
      before = now;
      return { memory, cores };
    },
  };
}

interface Times {
  readonly busy: number;
  readonly all: number;
  readonly cores: number;
}

/** Milliseconds of all cores since the machine began. */
function times(): Times {
  let busy = 0;
  let all = 0;
  const list = cpus();
  for (const { times: t } of list) {
    const working = t.user + t.nice + t.sys + t.irq;
    busy += working;
    all += working + t.idle;
  }
  return { busy, all, cores: list.length };
}

function coresUsed(before: Times | null, now: Times): number | null {
  if (before === null || now.all <= before.all) return null;
  return ((now.busy - before.busy) / (now.all - before.all)) * now.cores;
}

/** `MemAvailable` leaves out what the kernel keeps only as long as nobody needs it. */
function memoryOf(text: string): { total: number; used: number } {
  const total = bytesOf(text, 'MemTotal');
  return { total, used: total - bytesOf(text, 'MemAvailable') };
}

function bytesOf(text: string, name: string): number {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
  if (kilobytes === undefined) throw new Error(`the machine does not tell ${name}`);
  return Number(kilobytes) * 1024;
}
