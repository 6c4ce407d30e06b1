import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { RunningHub } from '../integration/running-hub.ts';
import { engineSeconds } from './engine-seconds.ts';
import { claim, median, row } from './proxy-figures.ts';
import { playRounds } from './proxy-rounds.ts';

const PATIENCE_MS = 180_000;

/** A start through the API beside the engine with the very same container, in turns. */
export async function measureStart(image: string, rounds: number): Promise<void> {
  const hub = await RunningHub.open({ settings: { DOCKER_NOTEBOOK_IMAGE: image, CULL_ENABLED: 'false' } });
  try {
    // Warms engine and files, and is the model of what the engine does alone.
    await hub.startServer();
    const model = await modelOf(hub);
    await stopped(hub, hub.alice);
    const contenders = [
      { name: 'berth', pid: hub.pid },
      { name: 'engine', pid: process.pid },
    ];
    const stage = { contenders, pids: [], more: engineSeconds };
    const figures = await playRounds(stage, rounds, async ({ name }) => ({
      ms: name === 'berth' ? await hubStart(hub) : await engineAlone(hub, model),
    }));
    const took = figures('ms');
    row('one start, ms', took);
    const [ours = [], alone = []] = [took.get('berth'), took.get('engine')];
    const each = ours.map((ms, round) => ({ ms, bare: alone[round] ?? Number.NaN }));
    claim(
      'one start, as many times as the engine alone',
      median(each.map(({ ms, bare }) => ms / bare)),
      '<=',
      1.15,
    );
    claim("one start, the hub's own milliseconds", median(each.map(({ ms, bare }) => ms - bare)), '<=', 120);
  } finally {
    await hub.close();
  }
}

async function hubStart(hub: RunningHub): Promise<number> {
  const began = performance.now();
  await hub.startServer();
  const took = performance.now() - began;
  await stopped(hub, hub.alice);
  return took;
}

type Model = NonNullable<Awaited<ReturnType<RunningHub['container']>>>;

async function modelOf(hub: RunningHub): Promise<Model> {
  const model = await hub.container();
  if (model === null) throw new Error('there is no container to copy');
  return model;
}

/** Milliseconds of the same container without a hub: create, start, asked every 20 ms until it answers. */
async function engineAlone(hub: RunningHub, model: Model): Promise<number> {
  const { Image: image, Env: env, Cmd: command } = model.Config;
  const {
    CapDrop,
    CpuShares,
    Init,
    Memory,
    MemorySwap,
    Mounts,
    NetworkMode,
    PidsLimit,
    SecurityOpt,
    Ulimits,
  } = model.HostConfig;
  const began = performance.now();
  const container = await hub.dock.docker.createContainer({
    Image: image,
    Env: env,
    Cmd: command,
    // Not the hub's: it would take it for an orphan.
    Labels: { 'org.berth.test': 'bench-spawn' },
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      Memory,
      MemorySwap,
      NetworkMode,
      CapDrop,
      CpuShares,
      Init,
      Mounts,
      PidsLimit,
      SecurityOpt,
      Ulimits,
    },
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

/** Stops a server and waits until its container is gone. */
export async function stopped(hub: RunningHub, user: string): Promise<void> {
  await hub.api('DELETE', `/users/${user}/server`);
  const until = Date.now() + PATIENCE_MS;
  while ((await hub.container(user)) !== null) {
    if (Date.now() > until) throw new Error(`${user} does not stop`);
    await sleep(100);
  }
}
