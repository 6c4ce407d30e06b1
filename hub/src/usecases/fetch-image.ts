import type { PullProgress } from '../domain/containers.ts';
import { Problem } from '../domain/problem.ts';
import type { Server } from '../domain/server.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import { pullStep } from '../domain/spawn-progress.ts';
import { moveInMemory } from './move-on-disk.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { SpawnStory } from './spawn-story.ts';
import { within } from './within.ts';

/**
 * Brings a start's image to the machine; all who want the same share one download. An image that is here
 * already costs one question, and the start stays `queued`.
 *
 * @throws Problem SPAWN-101 … SPAWN-110; SPAWN-104 after `pullTimeout`; the signal's reason.
 */
export async function fetchImage(
  ports: SpawnPorts,
  server: Server,
  { image, pullPolicy, pullTimeout }: SpawnSettings,
  signal: AbortSignal,
  story: SpawnStory,
): Promise<void> {
  const here = await ports.containers.hasImage(image, signal);
  if (here && pullPolicy !== 'always') return;
  if (!here && pullPolicy === 'never') throw new Problem('SPAWN-101', { image });
  moveInMemory(ports, server, 'pulling');
  story.tell('pulling', `Looking for ${image}`);
  const late = new Problem('SPAWN-104', { image });
  const report = (progress: PullProgress) => {
    const { percent, message } = pullStep(image, progress);
    story.tell('pulling', message, { percent });
  };
  await within(ports.clock, pullTimeout, late, signal, (until) =>
    pullPolicy === 'always'
      ? ports.containers.refreshImage(image, report, until)
      : ports.containers.ensureImage(image, report, until),
  );
}
