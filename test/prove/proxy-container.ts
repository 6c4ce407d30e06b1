import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Container {
  readonly id: string;
  /** Its address on the engine's bridge. */
  readonly address: string;
  log(): Promise<string>;
  close(): Promise<void>;
}

/** Runs a container on the engine's bridge; `args` as for `docker run`. It is gone after `close`. */
export async function container(...args: string[]): Promise<Container> {
  const label = ['--label', 'org.berth.test=prove-proxy'];
  const { stdout } = await run('docker', ['run', '--detach', '--rm', ...label, ...args]);
  const id = stdout.trim();
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  const { stdout: address } = await run('docker', ['inspect', '--format', format, id]);
  return {
    id,
    address: address.trim(),
    log: () => run('docker', ['logs', id]).then(({ stdout: out, stderr }) => out + stderr),
    close: async () => void (await run('docker', ['rm', '--force', id])),
  };
}

/** Resolves when `url` answers 200; throws when it has not within the time. */
export async function hasAnswered(url: string, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    const status = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
    if (status === 200) return;
    await sleep(300);
  }
  throw new Error(`${url} did not answer`);
}

/** Resolves when somebody listens there; throws when nobody has within half a minute. */
export async function accepts(host: string, port: number): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port, timeout: 1_000 });
      const done = (is: boolean): void => {
        socket.destroy();
        resolve(is);
      };
      socket.on('connect', () => done(true));
      socket.on('error', () => done(false));
      socket.on('timeout', () => done(false));
    });
    if (open) return;
    await sleep(200);
  }
  throw new Error(`nobody listens at ${host}:${port}`);
}
