import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DEADLINE_MS = 30_000;

/**
 * Removes a network whose containers have just been removed: on a busy machine engine 20.10 answers before it has let go of
 * their ends, and refuses for a moment ("has active endpoints").
 */
export async function removeNetwork(name: string): Promise<void> {
  const end = performance.now() + DEADLINE_MS;
  for (;;) {
    try {
      await run('docker', ['network', 'rm', name], { timeout: DEADLINE_MS });
      return;
    } catch (error) {
      if (!String(error).includes('has active endpoints') || performance.now() > end) throw error;
      await sleep(500);
    }
  }
}
