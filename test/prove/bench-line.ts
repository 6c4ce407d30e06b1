import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Line } from './lines.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
// The longest bench, with every round repeated on a busy machine.
const DEADLINE_MS = 45 * 60_000;

/** An issue's speed lines, as its bench prints them; the line falls short when one of them does. */
export function benchLine(number: string, what: string, bench: string): Line {
  return {
    number,
    what,
    async show() {
      const { stdout } = await run(process.execPath, [join('test/bench', bench)], {
        cwd: ROOT,
        timeout: DEADLINE_MS,
      }).catch((error: { stdout?: string; message: string }) => {
        throw new Error(error.stdout || error.message);
      });
      return stdout.trim();
    },
  };
}
