import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DEADLINE_MS = 180_000;

/** What a program says. @throws Error with its last words when it fails or takes longer than three minutes. */
export async function output(program: string, ...words: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(program, [...words], { timeout: DEADLINE_MS, maxBuffer: 64 * 2 ** 20 });
    return stdout;
  } catch (error) {
    const told = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`${program} ${words.slice(0, 3).join(' ')}: ${told.slice(-1500)}`);
  }
}

/** Runs a shell in a throw-away container of an image, without a network unless told. */
export function inImage(
  image: string,
  script: string,
  { network = 'none', user = '0:0' } = {},
): Promise<string> {
  const words = [
    'run',
    '--rm',
    '--network',
    network,
    '--user',
    user,
    '--label',
    'org.berth.scan',
    '--entrypoint',
    'sh',
  ];
  return output('docker', ...words, image, '-c', script);
}
