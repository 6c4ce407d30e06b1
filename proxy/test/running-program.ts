import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ask, until } from './harness.ts';

export const MAIN = join(import.meta.dirname, '../src/main.ts');

/** The program itself, in a process of its own. */
export interface Running {
  child: ChildProcess;
  log: () => string;
  publicPort: number;
  apiPort: number;
  post: (path: string, target: string, data?: Record<string, unknown>) => Promise<number>;
  exit: Promise<number | null>;
}

/** Starts it on free ports; it ends with the test. */
export async function start(
  args: string[],
  env: Record<string, string> = { CONFIGPROXY_AUTH_TOKEN: 't' },
): Promise<Running> {
  const child = spawn(
    process.execPath,
    [MAIN, '--ip=127.0.0.1', '--port=0', '--api-ip=127.0.0.1', '--api-port=0', ...args],
    { env: { PATH: process.env.PATH ?? '', ...env } },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      log += chunk;
    });
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  await until(() => log.includes('proxy is serving') || child.exitCode !== null, 8_000);
  const port = (key: string): number => Number(new RegExp(`"${key}":"[^"]*:(\\d+)"`).exec(log)?.[1] ?? 0);
  const apiPort = port('api');
  return {
    child,
    log: () => log,
    publicPort: port('public'),
    apiPort,
    post: async (path, target, data = {}) =>
      (
        await ask(apiPort, `/api/routes${path}`, {
          method: 'POST',
          headers: { authorization: 'token t' },
          body: JSON.stringify({ target, ...data }),
        })
      ).status,
    exit,
  };
}

/** A fresh self-signed certificate for a name, as `cert.pem` and `key.pem`. */
export function certificate(directory: string, name: string): void {
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-addext',
      `subjectAltName=DNS:${name},IP:127.0.0.1`,
      '-keyout',
      join(directory, 'key.pem'),
      '-out',
      join(directory, 'cert.pem'),
    ],
    { stdio: 'ignore' },
  );
}

export async function freePort(): Promise<number> {
  const server = createHttpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
