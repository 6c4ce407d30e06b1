import { unframe } from '../../hub/src/adapters/docker/log-text.ts';
import { STAND_IN_NOTEBOOK } from '../support/stand-in-notebook.ts';
import type { SoakWorld } from './soak-world.ts';

/** What is missing of all that people have saved; empty when nothing is. */
export async function lostFiles(world: SoakWorld): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const [user, marks] of world.marks) {
    const there = new Set(await linesOf(world, user));
    for (const mark of marks) if (!there.has(mark)) lost.push(`a file of ${user} is lost`);
  }
  return lost;
}

/** The file's lines, read by a container that has nothing but the volume. */
async function linesOf({ hub }: SoakWorld, user: string): Promise<readonly string[]> {
  const { docker, labels, name } = hub.dock;
  const volumes = await hub.dock.volumes();
  const own = volumes.filter((volume) => volume.replaceAll('-2d', '-') === `${name}-${user}`);
  const [volume] = own;
  if (volume === undefined || own.length !== 1) return [];
  const reader = await docker.createContainer({
    Image: STAND_IN_NOTEBOOK,
    Cmd: ['cat', '/volume/marks'],
    // Not labelled as the hub's, or it would take it for an orphan.
    Labels: { 'org.berth.test': labels['org.berth.hub'] ?? '' },
    HostConfig: { NetworkMode: 'none', Binds: [`${volume}:/volume:ro`] },
  });
  try {
    await reader.start();
    await reader.wait();
    const said = unframe(await reader.logs({ stdout: true, stderr: true, follow: false }));
    return said.split('\n').filter((line) => line !== '');
  } finally {
    await reader.remove({ force: true });
  }
}
