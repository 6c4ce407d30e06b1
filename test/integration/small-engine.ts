import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import Dockerode from 'dockerode';

const run = promisify(execFile);
const READY_MS = 60_000;

/** An engine of its own with a disk and a network of its own, which may be filled without harm to anybody. Takes root. */
export interface SmallEngine {
  readonly socket: string;
  readonly docker: Dockerode;
  /** Writes until nothing more fits. */
  fill(): Promise<void>;
  /** Takes that away again. */
  free(): Promise<void>;
  close(): Promise<void>;
}

/** @param megabytes size of the disk; `image` of the machine's engine is brought along. */
export async function openSmallEngine(megabytes: number, image: string): Promise<SmallEngine> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-engine-'));
  const place = (name: string) => join(directory, name);
  const disk = place('disk');
  await mkdir(disk);
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'berth-small-engine', disk]);
  const socket = place('docker.sock');
  const words = [
    '--host',
    `unix://${socket}`,
    '--data-root',
    join(disk, 'data'),
    '--exec-root',
    place('exec'),
  ];
  const alone = ['--pidfile', place('pid'), '--bridge', 'none', '--iptables=false', '--ip-forward=false'];
  // In a network of its own: without a bridge it would take the machine's docker0 away, and everybody's with it.
  const engine = spawn('unshare', ['--net', 'dockerd', ...words, ...alone, '--log-level', 'error'], {
    stdio: 'ignore',
  });
  const docker = new Dockerode({ socketPath: socket });
  const close = async () => {
    if (engine.exitCode === null && engine.pid !== undefined) {
      const gone = once(engine, 'exit');
      engine.kill('SIGTERM');
      await gone;
    }
    await run('umount', ['--lazy', disk]);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await answers(docker);
    await run('sh', ['-c', `docker save ${image} | docker --host unix://${socket} load --quiet`]);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    socket,
    docker,
    async fill() {
      // Ends with "no space left on device", which is what is wanted; the last kilobytes go in small pieces.
      for (const block of ['1M', '1k', '1']) {
        await run('dd', ['if=/dev/zero', `of=${join(disk, `filler-${block}`)}`, `bs=${block}`]).catch(
          () => {},
        );
      }
    },
    free: () => run('sh', ['-c', `rm -f '${disk}'/filler-*`]).then(() => undefined),
    close,
  };
}

async function answers(docker: Dockerode): Promise<void> {
  const until = Date.now() + READY_MS;
  for (;;) {
    const there = await docker.ping().then(
      () => true,
      () => false,
    );
    if (there) return;
    if (Date.now() > until) throw new Error('the small engine does not answer');
    await sleep(200);
  }
}
