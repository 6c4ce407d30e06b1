import { join } from 'node:path';
import { request } from 'undici';
import WebSocket from 'ws';
import { ContractBrowser } from '../contract-browser.ts';
import { docker } from '../locked-container.ts';
import { RunningHub } from '../running-hub.ts';
import type { PROXIES } from '../running-proxy.ts';

const MODULES = join(import.meta.dirname, '../../../node_modules');
const PASSWORD = 'for web applications';
export const BASE = '/jhub/';

/** What the application saw of a request, and of its own surroundings. */
export interface Seen {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

const application = {
  image: 'debian:trixie-slim',
  image_pull_policy: 'Never',
  cmd: ['/opt/node', '/srv/app.mjs', 'at', '{prefix}'],
  environment: { SAID: 'below {prefix}' },
  volumes: {
    [join(MODULES, 'node/bin/node')]: { bind: '/opt/node', mode: 'ro' },
    [join(MODULES, 'ws')]: { bind: '/opt/ws', mode: 'ro' },
    [join(import.meta.dirname, 'app.mjs')]: { bind: '/srv/app.mjs', mode: 'ro' },
  },
};
export const PROFILES = [
  {
    display_name: 'App',
    default: true,
    kind: 'web',
    port: 9000,
    health_path: '/health',
    token_header: {},
    kubespawner_override: application,
  },
  {
    display_name: 'Stripped',
    kind: 'web',
    port: 9001,
    strip_prefix: true,
    token_header: { name: 'X-Door-Token', env: 'DOOR_TOKEN' },
    kubespawner_override: application,
  },
];

/** The whole hub under a path of its own, a real proxy, and applications in real containers. */
export class WebHouse {
  readonly hub: RunningHub;
  readonly admin: string;

  private constructor(hub: RunningHub, admin: string) {
    this.hub = hub;
    this.admin = admin;
  }

  static async open(
    settings: Readonly<Record<string, string>> = {},
    proxy: keyof typeof PROXIES = 'berth',
  ): Promise<WebHouse> {
    const admin = `root-${process.pid}`;
    const hub = await RunningHub.open({
      proxy,
      settings: {
        AUTHENTICATOR_CLASS: 'dummy',
        DUMMY_PASSWORD: PASSWORD,
        JUPYTERHUB_ADMIN: admin,
        BASE_URL: BASE,
        PROFILES: JSON.stringify(PROFILES),
        CULL_ENABLED: 'false',
        NAMED_SERVER_LIMIT_PER_USER: '3',
        HTTP_TIMEOUT: '120',
        ...settings,
      },
    });
    return new WebHouse(hub, admin);
  }

  /** A name of this house only. */
  name(word: string): string {
    return `${word}-${this.hub.dock.word}`;
  }

  /** A browser, with somebody signed in at it. */
  async person(name: string): Promise<ContractBrowser> {
    const browser = new ContractBrowser(this.hub.proxy.url, this.hub.proxy.url);
    await browser.visit(`${BASE}hub/login`);
    const word = browser.cookies(`${BASE}hub/login`).find((cookie) => cookie.name === '_xsrf')?.value ?? '';
    const form = new URLSearchParams({ username: name, password: PASSWORD, _xsrf: word });
    const { status } = await browser.visit(
      `${BASE}hub/login`,
      'POST',
      { 'content-type': 'application/x-www-form-urlencoded' },
      form.toString(),
    );
    if (status !== 302 && status !== 303) throw new Error(`${name} was not let in: ${status}`);
    return browser;
  }

  /** Of this server's visit cookie, in the jar of a browser. */
  visitCookie(browser: ContractBrowser, path: string): { readonly name: string; readonly value: string } {
    const found = browser
      .cookies(path)
      .find(({ name, path: at }) => name.startsWith('berth-visit-') && at === path);
    if (found === undefined) throw new Error(`no visit cookie for ${path}`);
    return found;
  }

  /** A script's request, or a page's own: no navigation. */
  async fetch(path: string, cookie?: { readonly name: string; readonly value: string }) {
    const answer = await request(`${this.hub.proxy.url}${path}`, {
      headers: cookie === undefined ? {} : { cookie: `${cookie.name}=${cookie.value}` },
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  }

  /** Opens a WebSocket; its refusal's status when there is none. */
  knock(
    path: string,
    cookie?: { readonly name: string; readonly value: string },
  ): Promise<WebSocket | number> {
    return knockAt(`${this.hub.proxy.url.replace('http', 'ws')}${path}`, cookie);
  }

  /** What a container beside it on the notebooks' network is told, over HTTP and WebSocket: the two statuses. */
  async neighbour(url: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
    const script = `
      import { WebSocket } from '/opt/ws/wrapper.mjs';
      const headers = ${JSON.stringify(headers)};
      const { status } = await fetch('${url}', { headers });
      const socket = new WebSocket('${url.replace('http', 'ws')}', { headers });
      socket.on('error', () => {});
      socket.on('open', () => { console.log(JSON.stringify([status, 101])); process.exit(); });
      socket.on('unexpected-response', (_, answer) => { console.log(JSON.stringify([status, answer.statusCode])); process.exit(); });`;
    const mounts = Object.entries(application.volumes).flatMap(([from, { bind }]) => [
      '-v',
      `${from}:${bind}:ro`,
    ]);
    const run = ['run', '--rm', '--network', this.hub.dock.name, ...mounts, application.image];
    return JSON.parse(await docker([...run, '/opt/node', '--input-type=module', '-e', script]));
  }

  close(): Promise<void> {
    return this.hub.close();
  }
}

function knockAt(
  url: string,
  cookie?: { readonly name: string; readonly value: string },
): Promise<WebSocket | number> {
  const headers = cookie === undefined ? {} : { cookie: `${cookie.name}=${cookie.value}` };
  const socket = new WebSocket(url, { headers, handshakeTimeout: 20_000 });
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (asked, answer) => {
      asked.destroy();
      resolve(answer.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}
