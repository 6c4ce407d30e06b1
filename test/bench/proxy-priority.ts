import { existsSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { say } from './proxy-figures.ts';

const PRIORITY = -15;
/** Where it exists, the kernel weighs sessions first and the processes in one only then. */
const SESSION = '/proc/self/autogroup';

/**
 * Puts the bench before what else runs here. Contenders, upstreams and load generators inherit it, so it favours
 * nobody, and what others do takes little from any of them.
 */
export function takePriority(): void {
  try {
    setPriority(PRIORITY);
    if (!existsSync(SESSION)) return;
    writeFileSync(SESSION, String(PRIORITY));
    process.on('exit', () => writeFileSync(SESSION, '0'));
  } catch {
    say('Without root the bench has no priority over what else runs: a busy machine will blur the figures.');
  }
}
