import { RunningHub } from '../integration/running-hub.ts';
import { engineSeconds } from './engine-seconds.ts';
import { claim, median, ratio, row, say } from './proxy-figures.ts';
import { playRounds } from './proxy-rounds.ts';
import { followToReady } from './spawn-follow.ts';
import { stopped } from './spawn-start.ts';

const PATIENCE_MS = 600_000;
/** Those who stop at once after a storm. */
const STOPS = 6;

/** How long each of many who press Start at once waits: in our line, and all at once, in turns. */
export async function measureStorm(
  image: string,
  rounds: number,
  starts: number,
  limit: string,
): Promise<void> {
  const hubs = { line: await openHub(image, limit), 'all at once': await openHub(image, '0') };
  try {
    const contenders = Object.entries(hubs).map(([name, hub]) => ({ name, pid: hub.pid, hub }));
    const pids = contenders.map(({ hub }) => hub.proxy.pid);
    const stage = { contenders, pids, more: engineSeconds };
    for (const { hub } of contenders) {
      for (const name of people(hub, starts)) await hub.api('POST', `/users/${name}`);
      // The first start finds files and engine cold.
      await hub.startServer(people(hub, starts)[0], {}, PATIENCE_MS);
      await stopped(hub, people(hub, starts)[0] ?? '');
    }
    const figures = await playRounds(stage, rounds, async ({ name, hub }) => {
      const waits = await storm(hub, people(hub, starts));
      const shot = { median: median(waits), last: Math.max(...waits) };
      say(`  ${name}: median ${(shot.median / 1000).toFixed(1)} s, last ${(shot.last / 1000).toFixed(1)} s`);
      return shot;
    });
    row(`${starts} starts, median wait, s`, figures('median'), 1, 1e-3);
    row(`${starts} starts, last one, s`, figures('last'), 1, 1e-3);
    claim(
      `${starts} starts at once, median wait`,
      ratio(figures('median'), 'line', 'all at once'),
      '<=',
      0.6,
    );
    claim(
      `${starts} starts at once, the last one`,
      ratio(figures('last'), 'line', 'all at once'),
      '<=',
      1.05,
    );
  } finally {
    for (const hub of Object.values(hubs)) await hub.close();
  }
}

function openHub(image: string, limit: string): Promise<RunningHub> {
  return RunningHub.open({
    settings: {
      DOCKER_NOTEBOOK_IMAGE: image,
      CULL_ENABLED: 'false',
      CONCURRENT_SPAWN_LIMIT: limit,
      HTTP_TIMEOUT: '300',
    },
  });
}

function people(hub: RunningHub, starts: number): readonly string[] {
  return Array.from({ length: starts }, (_, index) => `p${index}-${hub.dock.word}`);
}

/** Milliseconds from the common moment until each is told that theirs is ready. */
async function storm(hub: RunningHub, names: readonly string[]): Promise<readonly number[]> {
  const began = performance.now();
  const waits = await Promise.all(
    names.map(async (name) => {
      await followToReady(hub, name, PATIENCE_MS);
      return performance.now() - began;
    }),
  );
  const left = names.values();
  const hand = async () => {
    for (const name of left) await stopped(hub, name);
  };
  await Promise.all(Array.from({ length: STOPS }, hand));
  return waits;
}
