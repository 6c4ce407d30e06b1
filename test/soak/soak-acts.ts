import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { request } from 'undici';
import { LABEL } from '../../hub/src/domain/container-spec.ts';
import type { SoakServer, SoakWorld } from './soak-world.ts';

/** A visit that stays without an answer for so long hangs. */
const VISIT_MS = 20_000;

export type Act = (world: SoakWorld) => Promise<void>;

/** What people and administrators of a machine do, each as often as its weight among all. */
const ACTS: readonly (readonly [weight: number, act: Act])[] = [
  [10, start],
  [5, stop],
  [2, startAndStop],
  [3, kill],
  [2, removeContainer],
  [6, visit],
  [4, mark],
];

export function chooseAct({ dice }: SoakWorld): Act {
  return dice.one(ACTS.flatMap(([weight, act]) => Array.from({ length: weight }, () => act)));
}

/** 500 is the answer to who waited for a start that somebody's `kill` has ended; its reason stands in the record. */
const START = [201, 202, 400, 500];
const STOP = [202, 204, 400, 404];

async function start(world: SoakWorld): Promise<void> {
  await world.call('POST', world.dice.one(world.servers), START);
}

async function stop(world: SoakWorld): Promise<void> {
  await world.call('DELETE', world.dice.one(world.servers), STOP);
}

async function startAndStop(world: SoakWorld): Promise<void> {
  const server = world.dice.one(world.servers);
  const pause = world.dice.between(0, 2_000);
  const begun = world.call('POST', server, START);
  await sleep(pause);
  await world.call('DELETE', server, STOP);
  await begun;
}

async function kill(world: SoakWorld): Promise<void> {
  const id = await someContainer(world);
  if (id === null) return;
  world.count('killed');
  await unlessGone(world.hub.dock.docker.getContainer(id).kill({ signal: 'SIGKILL' }));
}

async function removeContainer(world: SoakWorld): Promise<void> {
  const id = await someContainer(world);
  if (id === null) return;
  world.count('removed behind the hub');
  await unlessGone(world.hub.dock.docker.getContainer(id).remove({ force: true }));
}

/** Whatever runs or does not, a visitor gets some answer. */
async function visit(world: SoakWorld): Promise<void> {
  const server = world.dice.one(world.servers);
  const status = await world.ask(`visit of ${server.user}/${server.name}`, async () => {
    const signal = AbortSignal.timeout(VISIT_MS);
    const answer = await request(`${world.hub.proxy.url}${pathOf(server)}api`, { signal });
    await answer.body.dump();
    return answer.statusCode;
  });
  if (status !== null) world.count(`visit ${status}`);
}

/** Somebody saves a file. */
async function mark(world: SoakWorld): Promise<void> {
  const id = await someContainer(world);
  if (id === null) return;
  const line = `${Math.floor(world.dice.roll() * 1e9)}`;
  const { docker } = world.hub.dock;
  const user = await writeMark(docker, id, line);
  if (user === null) return;
  world.count('files saved');
  world.marks.set(user, [...(world.marks.get(user) ?? []), line]);
}

/** Whose container it is, when the line is on the disk; null when the container went meanwhile. */
async function writeMark(docker: Dockerode, id: string, line: string): Promise<string | null> {
  const written = unlessGone(
    (async () => {
      const exec = await docker.getContainer(id).exec({
        Cmd: ['sh', '-c', `echo ${line} >> /home/jovyan/work/marks && sync /home/jovyan/work/marks`],
        AttachStdout: true,
      });
      const stream = await exec.start({});
      stream.resume();
      for (let look = 0; look < 200; look += 1) {
        const { Running: running, ExitCode: code } = await exec.inspect();
        if (!running) return code === 0;
        await sleep(50);
      }
      return false;
    })(),
  );
  if ((await written) !== true) return null;
  const info = await unlessGone(docker.getContainer(id).inspect());
  return info?.Config.Labels[LABEL.user] ?? null;
}

async function someContainer({ hub, dice }: SoakWorld): Promise<string | null> {
  const containers = await hub.dock.containers();
  return containers.length === 0 ? null : dice.one(containers).Id;
}

/** Null when the engine says that it does not run, or not any more: the soak's other hands take things away, too. */
async function unlessGone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    const status = (error as { statusCode?: unknown }).statusCode;
    if (status === 404 || status === 409 || status === 500) return null;
    throw error;
  }
}

export function pathOf({ user, name }: SoakServer): string {
  return name === '' ? `/user/${user}/` : `/user/${user}/${name}/`;
}
