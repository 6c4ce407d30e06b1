import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const DEADLINE_MS = 90 * 60_000;

/** Runs one of our own programs and answers what it printed. @throws Error with its last words when it ends with a failure. */
export async function program(path: string, words: readonly string[] = []): Promise<string> {
  try {
    const options = { cwd: ROOT, timeout: DEADLINE_MS, maxBuffer: 64 * 2 ** 20 };
    return (await run(process.execPath, [path, ...words], options)).stdout.trim();
  } catch (error) {
    const {
      stdout = '',
      stderr = '',
      message = '',
    } = error as Partial<Record<'stdout' | 'stderr' | 'message', string>>;
    throw new Error(`${stdout || message}${stderr}`.slice(-6000));
  }
}
