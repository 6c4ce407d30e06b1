import type { Containers } from '../domain/containers.ts';
import type { ImageSpread, PullReport } from '../domain/image-spread.ts';

/**
 * A download to all machines of a cluster, told as one: the share of the machines that have the image. `note` hears what
 * each of them says. It fails with their words when one of them failed, after all others have had their turn.
 */
export function makeSpreadImage(
  { prePull }: ImageSpread,
  note: (image: string, rows: readonly PullReport[]) => void,
): Containers['ensureImage'] {
  return async (image, report, signal) => {
    const tell = (rows: readonly PullReport[]): void => {
      note(image, rows);
      const asked = rows.filter(({ state }) => state !== 'skipped');
      const done = asked.filter(({ state }) => state === 'there' || state === 'failed').length;
      report({ total: asked.length, done, message: '' });
    };
    const rows = await prePull(image, tell, signal);
    note(image, rows);
    const failed = rows.filter(({ state }) => state === 'failed');
    if (failed.length === 0) return;
    throw new Error(failed.map(({ machine, detail }) => `${machine.name}: ${detail}`).join('; '));
  };
}
