import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { PERSON, throughFrontServer } from '../e2e/flows/front-server.ts';
import { Stack } from '../e2e/stack.ts';

const run = promisify(execFile);
const PICTURES = join(import.meta.dirname, '../output/deploy');
const NAME = 'berth-front';
const PORTS = { JUPYTERHUB_PORT: '18410', HTTP_PORT: '18480', HTTPS_PORT: '18443' };
/** Away from the standard one: whoever runs Berth with a front server on this machine keeps theirs. */
const FRONT_NET = '172.30.214';

export type Front = 'nginx' | 'apache' | 'tls';

/**
 * The whole appliance by `make up`, with an overlay, TLS and a base path, used in a browser. Where the path stands:
 * in `.env`, or in `config.yaml` as JupyterHub's `bind_url`. Answers the figures to print.
 */
export async function proveFront(
  browser: Browser,
  front: Front,
  path: string,
  inConfig: boolean,
): Promise<string> {
  const port = front === 'tls' ? PORTS.JUPYTERHUB_PORT : PORTS.HTTPS_PORT;
  const base = `https://127.0.0.1:${port}${path}`.replace(/\/$/, '');
  const stack = await Stack.make({
    name: NAME,
    port: Number(PORTS.JUPYTERHUB_PORT),
    userlist: `${PERSON} admin\n`,
    settings: {
      ...PORTS,
      FRONT_NET,
      BERTH_IMAGE: 'berth-front:latest',
      BERTH_PROXY_IMAGE: 'berth-front-proxy:latest',
      COMPOSE_FILE: `compose.yaml:compose/${front}.yaml`,
      PUBLIC_URL: base,
      ...(inConfig ? {} : { BASE_URL: path }),
    },
  });
  try {
    await selfSigned(stack);
    if (inConfig) {
      const bind = `hub:\n  config:\n    JupyterHub:\n      bind_url: http://:8000${path}\n`;
      await stack.write('config.yaml', bind);
    }
    const output = await stack.up();
    const link = `${new URL(base).origin}${new URL(stack.link(output)).pathname}${new URL(stack.link(output)).search}`;
    const { startSeconds, uploadSeconds } = await throughFrontServer(
      browser,
      base,
      link,
      join(PICTURES, `${front}${path.replaceAll('/', '-')}.png`),
    );
    await leadsToTls();
    await knowsTheBrowser(stack);
    return `${base}: JupyterLab after ${startSeconds.toFixed(1)} s, 200 MB uploaded in ${uploadSeconds.toFixed(1)} s`;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${await lastWords(stack)}`);
  } finally {
    await stack.remove();
  }
}

async function selfSigned(stack: Stack): Promise<void> {
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  await stack.write('secrets/jupyterhub.crt', '');
  await run('openssl', [
    ...words,
    ...['-addext', 'subjectAltName=IP:127.0.0.1'],
    ...['-keyout', join(stack.directory, 'secrets/jupyterhub.key')],
    ...['-out', join(stack.directory, 'secrets/jupyterhub.crt')],
  ]);
}

/** Plain HTTP leads to the same place under TLS. */
async function leadsToTls(): Promise<void> {
  const reply = await fetch(`http://127.0.0.1:${PORTS.HTTP_PORT}/a/b?c=%2F`, { redirect: 'manual' });
  const to = reply.headers.get('location') ?? '';
  if (reply.status < 300 || reply.status > 308 || !/^https:\/\/127\.0\.0\.1:\d+\/a\/b\?c=%2F$/.test(to)) {
    throw new Error(`plain HTTP was answered with ${reply.status} ${to}`);
  }
}

/** The hub's log names the browser's address, never the front server's. */
async function knowsTheBrowser(stack: Stack): Promise<void> {
  const log = await stack.compose('logs', '--no-color', 'hub');
  if (log.includes(`"${FRONT_NET}.2"`)) throw new Error('the hub takes the front server for the browser');
}

async function lastWords(stack: Stack): Promise<string> {
  const log = await stack.compose('logs', '--no-color', '--tail=25').catch(() => '');
  return `${stack.output.slice(-1500)}\n${log.slice(-4000)}`;
}
