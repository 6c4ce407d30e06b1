import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlDoor } from '../../hub/src/adapters/proxy/control-door.ts';

export interface RunningProxy {
  /** Where browsers come: `http://127.0.0.1:port`. */
  readonly url: string;
  readonly door: ControlDoor;
  /** Of the process that runs now. */
  readonly pid: number;
  /** Another process in the same place, which knows no routes. */
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  close(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '../..');

/** Both speak the same control API: the hub must be able to use either. */
export const PROXIES = {
  'configurable-http-proxy': join(ROOT, 'node_modules/configurable-http-proxy/bin/configurable-http-proxy'),
  berth: join(ROOT, 'proxy/src/main.ts'),
} as const;

/** A real proxy in a process of its own. */
export async function startProxy(
  kind: keyof typeof PROXIES = 'berth',
  more: readonly string[] = [],
): Promise<RunningProxy> {
  const [port, apiPort] = [await freePort(), await freePort()];
  const token = randomBytes(16).toString('hex');
  const where = [
    '--ip',
    '127.0.0.1',
    '--port',
    `${port}`,
    '--api-ip',
    '127.0.0.1',
    '--api-port',
    `${apiPort}`,
  ];
  const url = `http://127.0.0.1:${port}`;
  const run = async (): Promise<ChildProcess> => {
    const proxy = spawn(process.execPath, [PROXIES[kind], ...where, '--log-level', 'error', ...more], {
      env: { ...process.env, CONFIGPROXY_AUTH_TOKEN: token },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await answers(`${url}/_chp_healthz`, proxy);
    return proxy;
  };
  let child = await run();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    url,
    door: { at: { url: `http://127.0.0.1:${apiPort}` }, token, timeout: 5_000 },
    get pid() {
      return child.pid ?? 0;
    },
    async restart(signal) {
      await end(signal);
      child = await run();
    },
    close: () => end('SIGTERM'),
  };
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    if (child.exitCode !== null) break;
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await sleep(50);
  }
  child.kill();
  throw new Error('the proxy did not start');
}

/** Free a moment ago, on the loopback. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
