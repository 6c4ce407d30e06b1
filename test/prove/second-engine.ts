import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { must, shell } from './shell.ts';

/** Between this machine and the engine's own network namespace. */
const [HERE, THERE] = ['10.213.6.1', '10.213.6.2'];
const SPACE = 'berth-ops-engine';

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
  /** Ends it, with everything on it. */
  remove(): Promise<void>;
}

export async function startSecondEngine(): Promise<SecondEngine> {
  const folder = await mkdtemp('/var/tmp/berth-ops-engine-');
  const socket = join(folder, 'docker.sock');
  const host = `unix://${socket}`;
  await makeSpace();
  const daemon = spawn(
    'nsenter',
    [
      ...[`--net=/var/run/netns/${SPACE}`, 'dockerd'],
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      ...['--pidfile', join(folder, 'pid'), '--host', host],
      ...['--bip', '10.213.200.1/24', '--default-address-pool', 'base=10.213.128.0/18,size=24'],
      ...['--containerd-namespace', 'berth-ops', '--containerd-plugins-namespace', 'berth-ops-plugins'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  daemon.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = once(daemon, 'exit');
  const environment = { DOCKER_HOST: host };
  const remove = async (): Promise<void> => {
    const listed = await shell('/', ['docker', 'ps', '-aq'], { environment, seconds: 20 });
    const ids = listed.output.match(/^[0-9a-f]{12}$/gm);
    if (ids !== null) await shell('/', ['docker', 'rm', '-f', ...ids], { environment, seconds: 60 });
    daemon.kill('SIGTERM');
    const killing = setTimeout(() => daemon.kill('SIGKILL'), 30_000);
    await ended;
    clearTimeout(killing);
    await shell('/', ['ip', 'netns', 'delete', SPACE]);
    const mounted = `awk '{print $2}' /proc/mounts | grep "^${folder}/" | sort -r | xargs -r -n1 umount -l`;
    await shell('/', ['bash', '-c', mounted]);
    await rm(folder, { recursive: true, force: true });
  };
  for (let look = 0; look < 300 && daemon.exitCode === null; look += 1) {
    const { code } = await shell('/', ['docker', 'version'], { environment, seconds: 5 });
    if (code === 0) {
      return {
        host,
        address: THERE,
        docker: (...words) => must('/', ['docker', ...words], { environment, seconds: 120 }),
        load: async (images) => {
          const pipe = `set -o pipefail; docker save ${images.join(' ')} | docker -H ${host} load`;
          await must('/', ['bash', '-c', pipe], { seconds: 900 });
        },
        remove,
      };
    }
    await sleep(100);
  }
  await remove();
  throw new Error(`the second engine did not start:\n${said}`);
}

async function makeSpace(): Promise<void> {
  const inside = ['ip', '-n', SPACE];
  const steps: readonly (readonly string[])[] = [
    ['ip', 'netns', 'add', SPACE],
    ['ip', 'link', 'add', 'berth-ops-h', 'type', 'veth', 'peer', 'name', 'berth-ops-m'],
    ['ip', 'link', 'set', 'berth-ops-m', 'netns', SPACE],
    ['ip', 'addr', 'add', `${HERE}/30`, 'dev', 'berth-ops-h'],
    ['ip', 'link', 'set', 'berth-ops-h', 'up'],
    [...inside, 'link', 'set', 'lo', 'up'],
    [...inside, 'addr', 'add', `${THERE}/30`, 'dev', 'berth-ops-m'],
    [...inside, 'link', 'set', 'berth-ops-m', 'up'],
    [...inside, 'route', 'add', 'default', 'via', HERE],
  ];
  for (const words of steps) await must('/', words, { seconds: 20 });
}
