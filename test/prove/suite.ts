import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const DEADLINE_MS = 45 * 60_000;
/** Vitest's own count. */
const COUNT = /^\s*Tests\s+(.*passed.*)$/m;

/**
 * Runs tests of a project (vitest.config.ts names them) whose path holds one of the filters, and answers what they say
 * of themselves: vitest's count, or the words that `figure` catches.
 *
 * @throws Error with the last lines when one fails, and when one was left out.
 */
export async function suite(
  project: string,
  filters: readonly string[],
  {
    environment = {},
    figure = COUNT,
  }: { environment?: Readonly<Record<string, string>>; figure?: RegExp } = {},
): Promise<string> {
  const words = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project, ...filters];
  const { stdout } = await run(process.execPath, words, {
    cwd: ROOT,
    timeout: DEADLINE_MS,
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, ...environment, NO_COLOR: '1' },
  }).catch((error: { stdout?: string; stderr?: string; message: string }) => {
    // Vitest tells what ran on one stream, and why it failed on the other.
    throw new Error(`${error.stdout || error.message}${error.stderr ?? ''}`.slice(-4000));
  });
  const count = COUNT.exec(stdout)?.[1];
  const told = figure.exec(stdout)?.[1];
  if (count === undefined || told === undefined) throw new Error(`nothing was said that fits ${figure}`);
  if (/skipped|todo/.test(count)) throw new Error(`not all of them ran: ${count}`);
  return told.trim();
}
