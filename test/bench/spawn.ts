// `npm run bench:spawn [-- --rounds 5 --starts 24 --line start]`: a start by the hub beside the engine alone, with the
// genuine jupyterhub-singleuser of `berth-notebook-minimal`. Exit code 1 when a number of the issue is not reached.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { request } from 'undici';
import { RunningHub } from '../integration/running-hub.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    starts: { type: 'string', default: '24' },
    line: { type: 'string', default: '' },
  },
});
const ROUNDS = Number(values.rounds);
const STARTS = Number(values.starts);
const IMAGE = 'berth-notebook-minimal';
const PATIENCE_MS = 180_000;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** What a line found: its words, and whether it reaches the number. */
interface Finding {
  readonly good: boolean;
  readonly words: string;
}

const LINES: Readonly<Record<string, () => Promise<Finding>>> = {
  start: oneStart,
  storm: manyStarts,
  wake: async () => ({ good: false, words: 'wake from frozen to first byte: not built' }),
  adopt: async () => ({ good: false, words: '300 containers adopted after a restart: not measured yet' }),
};

let reached = true;
console.log(`load ${loadavg()[0]?.toFixed(2)} at the start`);
for (const [name, measure] of Object.entries(LINES)) {
  if (values.line !== '' && values.line !== name) continue;
  const { good, words } = await measure();
  reached &&= good;
  console.log(`${good ? 'ok  ' : 'MISS'} ${words}`);
}
process.exitCode = reached ? 0 : 1;

/** A start through the API beside `docker run` with the very same container, in turns. */
async function oneStart(): Promise<Finding> {
  const hub = await RunningHub.open({ settings: { DOCKER_NOTEBOOK_IMAGE: IMAGE, CULL_ENABLED: 'false' } });
  try {
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const began = performance.now();
      await hub.startServer();
      const took = performance.now() - began;
      const alone = await engineAlone(hub);
      // The first round warms the engine and the files' cache.
      if (round > 0) ours.push(took);
      if (round > 0) bare.push(alone);
      await stopped(hub, hub.alice);
    }
    const ratio = median(ours.map((took, round) => took / (bare[round] ?? Number.NaN)));
    const own = median(ours.map((took, round) => took - (bare[round] ?? Number.NaN)));
    return {
      good: ratio <= 1.15 && own < 120,
      words:
        `one start, POST to ready: ${median(ours).toFixed(0)} ms, the engine alone ${median(bare).toFixed(0)} ms: ` +
        `${ratio.toFixed(2)} times (at most 1.15), ${own.toFixed(0)} ms of our own (under 120)`,
    };
  } finally {
    await hub.close();
  }
}

/** Milliseconds of the same container without a hub: create, start, asked every 20 ms until it answers. */
async function engineAlone(hub: RunningHub): Promise<number> {
  const model = await hub.container();
  if (model === null) throw new Error('there is no container to copy');
  const { Image: image, Env: env, Cmd: command } = model.Config;
  const { Memory, MemorySwap, NetworkMode, CapDrop, Init, PidsLimit, SecurityOpt } = model.HostConfig;
  const began = performance.now();
  const container = await hub.dock.docker.createContainer({
    Image: image,
    Env: env,
    Cmd: command,
    Labels: hub.dock.labels,
    Healthcheck: { Test: ['NONE'] },
    HostConfig: { Memory, MemorySwap, NetworkMode, CapDrop, Init, PidsLimit, SecurityOpt },
  });
  try {
    await container.start();
    const address = (await container.inspect()).NetworkSettings.Networks[hub.dock.name]?.IPAddress;
    await answers(`http://${address}:8888/user/${hub.alice}/api`);
    return performance.now() - began;
  } finally {
    await container.remove({ force: true });
  }
}

async function answers(url: string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const answer = await request(url, { headersTimeout: 3_000 }).catch(() => null);
    if (answer !== null) {
      await answer.body.dump();
      if (answer.statusCode < 500) return;
    }
    await sleep(20);
  }
  throw new Error(`${url} did not answer`);
}

/** How long each of many who press Start at once waits: with our line, and all at once. */
async function manyStarts(): Promise<Finding> {
  const lined = await waits('');
  const all = await waits('0');
  const ratio = median(lined) / median(all);
  const last = Math.max(...lined) / Math.max(...all);
  return {
    good: ratio <= 0.6 && last <= 1.05 && STARTS === 24,
    words:
      `${STARTS} starts at once: median wait ${(median(lined) / 1000).toFixed(1)} s, all at once ` +
      `${(median(all) / 1000).toFixed(1)} s: ${ratio.toFixed(2)} times (at most 0.6); the last one ${last.toFixed(2)} times (at most 1.05)`,
  };
}

async function waits(limit: string): Promise<readonly number[]> {
  const hub = await RunningHub.open({
    settings: {
      DOCKER_NOTEBOOK_IMAGE: IMAGE,
      CULL_ENABLED: 'false',
      CONCURRENT_SPAWN_LIMIT: limit,
      HTTP_TIMEOUT: '180',
    },
  });
  try {
    const people = Array.from({ length: STARTS }, (_, index) => `p${index}-${hub.dock.word}`);
    for (const name of people) await hub.api('POST', `/users/${name}`);
    const began = performance.now();
    return await Promise.all(
      people.map(async (name) => {
        await hub.startServer(name, {}, PATIENCE_MS);
        return performance.now() - began;
      }),
    );
  } finally {
    await hub.close();
  }
}

async function stopped(hub: RunningHub, user: string): Promise<void> {
  await hub.api('DELETE', `/users/${user}/server`);
  const until = Date.now() + PATIENCE_MS;
  while ((await hub.container(user)) !== null) {
    if (Date.now() > until) throw new Error(`${user} does not stop`);
    await sleep(100);
  }
}
