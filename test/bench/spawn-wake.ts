import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { RunningHub } from '../integration/running-hub.ts';
import { claim, median, note, type Rounds, row } from './proxy-figures.ts';

const MOST_MS = 150;
const PATIENCE_MS = 180_000;
/** Until the hub's question to the proxy, which it asks while somebody sleeps, is under way. */
const SETTLING_MS = 1_500;

/**
 * From a request at the proxy to the first byte of the answer of a server that sleeps, beside `docker unpause` of the
 * same container and its own first byte, in turns.
 */
export async function measureWake(image: string, rounds: number): Promise<void> {
  const hub = await RunningHub.open({
    settings: { DOCKER_NOTEBOOK_IMAGE: image, FREEZE_TIMEOUT: '2', CULL_EVERY: '1', HTTP_TIMEOUT: '180' },
  });
  try {
    await hub.startServer(hub.alice, {}, PATIENCE_MS);
    const { Id: id, NetworkSettings: network } = await containerOf(hub);
    const direct = `http://${network.Networks[hub.dock.name]?.IPAddress}:8888/user/${hub.alice}/api`;
    const figures: Rounds = new Map();
    // The first round warms the files' cache.
    for (let round = 0; round <= rounds; round += 1) {
      await asleep(hub);
      const ours = await timed(() => firstByte(`${hub.proxy.url}/user/${hub.alice}/api`));
      await asleep(hub);
      const bare = await timed(async () => {
        await hub.dock.docker.getContainer(id).unpause();
        await firstByte(direct);
      });
      if (round === 0) continue;
      note(figures, 'hub', ours);
      note(figures, 'docker unpause', bare);
      note(figures, 'ours', ours - bare);
    }
    row('wake to the first byte, ms', figures);
    claim('wake: ms beside docker unpause itself', median(figures.get('ours') ?? []), '<=', MOST_MS);
  } finally {
    await hub.close();
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function firstByte(url: string): Promise<void> {
  const { statusCode, body } = await request(url, { headersTimeout: PATIENCE_MS });
  await body.dump();
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
}

async function containerOf(hub: RunningHub) {
  const container = await hub.container();
  if (container === null) throw new Error('there is no container');
  return container;
}

async function asleep(hub: RunningHub): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (!(await containerOf(hub)).State.Paused) {
    if (Date.now() > until) throw new Error('the server does not fall asleep');
    await sleep(200);
  }
  await sleep(SETTLING_MS);
}
