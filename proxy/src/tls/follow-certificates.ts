import { statSync } from 'node:fs';
import type { CoarseClock } from '../clock.ts';
import type { TlsFiles } from './tls-files.ts';

/** Looking, not watching: some mounts tell of no change. */
const LOOK_EVERY_MS = 2_000;

/**
 * Calls `changed` when certificates or keys have been replaced and have stood still for one look: a renewal writes two
 * files, and between them they do not fit together.
 */
export function followCertificates(
  clock: Pick<CoarseClock, 'onTick'>,
  sides: readonly (TlsFiles | undefined)[],
  changed: () => void,
): void {
  const paths = sides
    .flatMap((files) => [files?.key, files?.cert, files?.ca])
    .filter((path) => path !== undefined);
  if (paths.length === 0) return;
  let inForce = stateOf(paths);
  let last = inForce;
  let due = 0;
  clock.onTick((now) => {
    if (now < due) return;
    due = now + LOOK_EVERY_MS;
    const state = stateOf(paths);
    const still = state === last;
    last = state;
    if (!still || state === inForce) return;
    inForce = state;
    changed();
  });
}

/** Of what the names lead to: renewals change a link, a copy writes into the file. */
function stateOf(paths: readonly string[]): string {
  return paths
    .map((path) => {
      const found = statSync(path, { throwIfNoEntry: false });
      return found === undefined ? 'gone' : `${found.ino} ${found.size} ${found.mtimeMs}`;
    })
    .join(';');
}
