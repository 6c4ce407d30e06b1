import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { must, shell } from './shell.ts';

/** What tells one engine from another on this machine. */
export interface EnginePlace {
  /** In the names of its network namespace and of its ends of the line; ten letters at most. */
  readonly word: string;
  /** The first three numbers of the line between this machine and the engine's own network namespace. */
  readonly line: string;
  /** An empty folder for all that it keeps; absent: one is made, and goes with it. */
  readonly folder?: string;
}

const OPS: EnginePlace = { word: 'berth-ops', line: '10.213.6' };

/**
 * An engine of its own on this machine, with nothing on it: its own images, volumes, containers, and a network namespace, so
 * that neither bridges nor firewall of the machine's own engine are touched.
 */
export interface SecondEngine {
  /** For `DOCKER_HOST`. */
  readonly host: string;
  /** Where its published ports are. */
  readonly address: string;
  docker(...words: readonly string[]): Promise<string>;
  /** Brings images of this machine's engine over. */
  load(images: readonly string[]): Promise<void>;
  /** This machine's address, as the engine and its containers reach it. */
  readonly here: string;
  /** Ends its program with SIGKILL, and nothing else of it: containers go on. */
  kill(): Promise<void>;
  /** Starts its program again, on all that it kept. */
  start(): Promise<void>;
  /** Ends it, with everything on it. */
  remove(): Promise<void>;
}

export async function startSecondEngine(place: EnginePlace = OPS): Promise<SecondEngine> {
  const { word, line } = place;
  const folder = await mkdtemp(join(place.folder ?? '/var/tmp', `${word}-engine-`));
  // Not in that folder: its disk may be full, and a socket's name may not be long.
  const sockets = await mkdtemp(`/var/tmp/${word}-socket-`);
  const socket = join(sockets, 'docker.sock');
  const host = `unix://${socket}`;
  const environment = { DOCKER_HOST: host };
  const words = [
    ...[`--net=/var/run/netns/${word}-engine`, 'dockerd'],
    ...['--data-root', join(folder, 'data'), '--exec-root', join(sockets, 'exec')],
    ...['--pidfile', join(sockets, 'pid'), '--host', host],
    ...['--bip', '10.213.200.1/24', '--default-address-pool', 'base=10.213.128.0/18,size=24'],
    ...['--containerd-namespace', word, '--containerd-plugins-namespace', `${word}-plugins`],
  ];
  await makeSpace(place);
  let engine = await startProgram(words, host);
  const answersNow = async () =>
    (await shell('/', ['docker', 'version'], { environment, seconds: 5 })).code === 0;
  const remove = async (): Promise<void> => {
    // One that a fault has killed comes back to clear up: nobody else knows its containers.
    if (!(await answersNow())) {
      engine = await startProgram(words, host);
      await engine.answers().catch(() => {});
    }
    const listed = await shell('/', ['docker', 'ps', '-aq'], { environment, seconds: 20 });
    const ids = listed.output.match(/^[0-9a-f]{12}$/gm);
    if (ids !== null) await shell('/', ['docker', 'rm', '-f', ...ids], { environment, seconds: 120 });
    await engine.end();
    await deleteSpace(word);
    for (const made of [folder, sockets]) {
      const mounted = `awk '{print $2}' /proc/mounts | grep "^${made}/" | sort -r | xargs -r -n1 umount -l`;
      await shell('/', ['bash', '-c', mounted]);
      await rm(made, { recursive: true, force: true });
    }
  };
  try {
    await engine.answers();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    host,
    address: `${line}.2`,
    here: `${line}.1`,
    docker: (...asked) => must('/', ['docker', ...asked], { environment, seconds: 120 }),
    load: async (images) => {
      const pipe = `set -o pipefail; docker save ${images.join(' ')} | docker -H ${host} load`;
      await must('/', ['bash', '-c', pipe], { seconds: 900 });
    },
    kill: () => engine.end('SIGKILL'),
    start: async () => {
      engine = await startProgram(words, host);
      await engine.answers();
    },
    remove,
  };
}

/** The engine's program in its network namespace. */
async function startProgram(words: readonly string[], host: string) {
  const daemon = spawn('nsenter', [...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  daemon.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = once(daemon, 'exit');
  return {
    /** @throws Error with its last words when it does not within half a minute. */
    async answers(): Promise<void> {
      for (let look = 0; look < 300 && daemon.exitCode === null; look += 1) {
        const { code } = await shell('/', ['docker', '-H', host, 'version'], { seconds: 5 });
        if (code === 0) return;
        await sleep(100);
      }
      throw new Error(`the second engine did not start:\n${said}`);
    },
    async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
      daemon.kill(signal);
      const killing = setTimeout(() => daemon.kill('SIGKILL'), 30_000);
      await ended;
      clearTimeout(killing);
    },
  };
}

/** Of a run that broke off, its name would be in the way. @throws Error when another run is at work in it. */
async function clearSpace(word: string): Promise<void> {
  const space = `${word}-engine`;
  const inside = await shell('/', ['ip', 'netns', 'pids', space], { seconds: 20 });
  if (inside.code === 0 && /\d/.test(inside.output))
    throw new Error(`${space} is another run's, or what is left of one: processes ${inside.output}`);
  await deleteSpace(word);
}

async function deleteSpace(word: string): Promise<void> {
  await shell('/', ['ip', 'netns', 'delete', `${word}-engine`]);
  await shell('/', ['ip', 'link', 'delete', `${word}-h`]);
}

async function makeSpace({ word, line }: EnginePlace): Promise<void> {
  const space = `${word}-engine`;
  await clearSpace(word);
  const inside = ['ip', '-n', space];
  const steps: readonly (readonly string[])[] = [
    ['ip', 'netns', 'add', space],
    ['ip', 'link', 'add', `${word}-h`, 'type', 'veth', 'peer', 'name', `${word}-m`],
    ['ip', 'link', 'set', `${word}-m`, 'netns', space],
    ['ip', 'addr', 'add', `${line}.1/30`, 'dev', `${word}-h`],
    ['ip', 'link', 'set', `${word}-h`, 'up'],
    [...inside, 'link', 'set', 'lo', 'up'],
    [...inside, 'addr', 'add', `${line}.2/30`, 'dev', `${word}-m`],
    [...inside, 'link', 'set', `${word}-m`, 'up'],
    [...inside, 'route', 'add', 'default', 'via', `${line}.1`],
  ];
  for (const words of steps) await must('/', words, { seconds: 20 });
}
