import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { must, shell } from './shell.ts';

/** Of its containers; nobody else's on this machine. */
const SUBNETS = '10.213.128.0/18';

/** An engine of its own on this machine, with nothing on it: its own images, volumes, networks, containers. */
export interface SecondEngine {
  /** For `DOCKER_HOST`. */
  readonly host: string;
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
  const daemon = spawn(
    'dockerd',
    [
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      ...['--pidfile', join(folder, 'pid'), '--host', host],
      // Its containers meet each other only: the firewall of this machine is the other engine's affair.
      ...['--bridge', 'none', '--iptables=false', '--ip-masq=false'],
      ...['--default-address-pool', `base=${SUBNETS},size=24`],
      ...['--containerd-namespace', 'berth-ops', '--containerd-plugins-namespace', 'berth-ops-plugins'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  daemon.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = once(daemon, 'exit');
  // The other engine has set FORWARD to DROP, and traffic within a bridge passes there, too.
  await firewall('-I');
  const environment = { DOCKER_HOST: host };
  const remove = async (): Promise<void> => {
    const ids = (await shell('/', ['docker', 'ps', '-aq'], { environment, seconds: 20 })).output.match(
      /^[0-9a-f]{12}$/gm,
    );
    if (ids !== null) await shell('/', ['docker', 'rm', '-f', ...ids], { environment, seconds: 60 });
    await firewall('-D');
    daemon.kill('SIGTERM');
    const killing = setTimeout(() => daemon.kill('SIGKILL'), 30_000);
    await ended;
    clearTimeout(killing);
    await shell('/', [
      'bash',
      '-c',
      `awk '{print $2}' /proc/mounts | grep "^${folder}/" | sort -r | xargs -r -n1 umount -l`,
    ]);
    await rm(folder, { recursive: true, force: true });
  };
  for (let look = 0; look < 300 && daemon.exitCode === null; look += 1) {
    const { code } = await shell('/', ['docker', 'version'], { environment, seconds: 5 });
    if (code === 0) {
      return {
        host,
        docker: (...words) => must('/', ['docker', ...words], { environment, seconds: 120 }),
        load: async (images) =>
          void (await must(
            '/',
            ['bash', '-c', `set -o pipefail; docker save ${images.join(' ')} | docker -H ${host} load`],
            { seconds: 900 },
          )),
        remove,
      };
    }
    await sleep(100);
  }
  await remove();
  throw new Error(`the second engine did not start:\n${said}`);
}

async function firewall(verb: '-I' | '-D'): Promise<void> {
  for (const side of ['-s', '-d'])
    await shell('/', ['iptables', '-w', '10', verb, 'FORWARD', side, SUBNETS, '-j', 'ACCEPT']);
}
