import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { orNull } from '../../hub/src/adapters/docker/engine.ts';
import { Dock } from './dock.ts';
import { freePort, type PROXIES, type RunningProxy, startProxy } from './running-proxy.ts';
import { startGate, THROUGH_GATE } from './test-gate.ts';

const MAIN = join(import.meta.dirname, '../../hub/src/main.ts');
/** Node reads TypeScript, but not the views. */
const TSX = join(import.meta.dirname, '../look/tsx.ts');

export interface RunningHubOptions {
  /** As they would stand in `.env`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly proxy?: keyof typeof PROXIES;
  /** The hub's compiled `main.js`; absent: it runs from its sources. */
  readonly main?: string | undefined;
}

export interface ApiReply {
  readonly status: number;
  /** Undefined when there was no body. */
  readonly json: unknown;
}

/** The whole hub in a process of its own, with a real proxy and the real engine: nothing in it is a test's. */
export class RunningHub {
  readonly dock: Dock;
  readonly proxy: RunningProxy;
  /** Container names are made from people's, and others use this engine too. */
  readonly alice: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #directory: string;
  readonly #token: string;
  readonly #program: readonly string[];
  #child: ChildProcess | undefined;
  #gate: ChildProcess | undefined;
  #said = '';

  private constructor(
    dock: Dock,
    proxy: RunningProxy,
    directory: string,
    token: string,
    environment: Readonly<Record<string, string>>,
    program: readonly string[],
  ) {
    this.dock = dock;
    this.proxy = proxy;
    this.alice = `alice-${dock.word}`;
    this.#directory = directory;
    this.#token = token;
    this.#environment = environment;
    this.#program = program;
  }

  static async open(options: RunningHubOptions = {}): Promise<RunningHub> {
    const dock = await Dock.open();
    const { IPAM: ipam } = await dock.docker.getNetwork(dock.name).inspect();
    const gateway = String(ipam?.Config?.[0]?.Gateway);
    const [pages, notebooks] = [await freePort(), await freePort()];
    const proxy = await startProxy(options.proxy ?? 'berth', [
      '--default-target',
      `http://127.0.0.1:${pages}`,
    ]);
    const directory = await mkdtemp(join(tmpdir(), 'berth-hub-'));
    const token = randomBytes(24).toString('hex');
    const place = (name: string) => join(directory, name);
    await writeFile(place('proxy_auth_token'), proxy.door.token, { mode: 0o600 });
    await writeFile(place('cookie_secret'), randomBytes(32).toString('hex'), { mode: 0o600 });
    const services = [{ name: 'script', apiToken: token, admin: true }];
    await writeFile(place('access.json'), JSON.stringify({ services }), { mode: 0o600 });
    const program = options.main === undefined ? ['--import', TSX, MAIN] : [options.main];
    const hub = new RunningHub(
      dock,
      proxy,
      directory,
      token,
      {
        ALLOW_ALL: 'true',
        ACCESS_FILE: place('access.json'),
        BERTH_ADMIN_SOCKET: place('admin.sock'),
        BERTH_INSTANCE: dock.name,
        CONFIGPROXY_API_URL: 'url' in proxy.door.at ? proxy.door.at.url : '',
        CONFIGPROXY_AUTH_TOKEN_FILE: place('proxy_auth_token'),
        COOKIE_SECRET_FILE: place('cookie_secret'),
        DATA_DIR: directory,
        DOCKER_NETWORK_NAME: dock.name,
        DOCKER_VOLUME_TEMPLATE: `${dock.name}-{username}`,
        HUB_API_BIND: `http://${gateway}:${notebooks}`,
        HUB_BIND: `http://127.0.0.1:${pages}`,
        HUB_CONNECT_URL: `http://${gateway}:${notebooks}`,
        LOG_LEVEL: 'info',
        MEM_LIMIT: '512M',
        ...options.settings,
      },
      program,
    );
    try {
      await hub.start();
      await hub.api('POST', `/users/${hub.alice}`);
      return hub;
    } catch (error) {
      await hub.close();
      throw error;
    }
  }

  /** Where the command line asks. */
  get adminSocket(): string {
    return join(this.#directory, 'admin.sock');
  }

  /** Where the hub keeps what it remembers. */
  get directory(): string {
    return this.#directory;
  }

  /** Where the hub itself listens for browsers and scripts, past the proxy. */
  get pagesUrl(): string {
    return this.#environment.HUB_BIND ?? '';
  }

  /** Of a service that may do everything. */
  get scriptToken(): string {
    return this.#token;
  }

  /** Of the process that runs now; 0 when none does. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** What the hub has written to its log so far. */
  get log(): string {
    return this.#said;
  }

  /** Starts the process, with other settings if told; it may run only once at a time. */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const told = { PATH: process.env.PATH ?? '', ...this.#environment, ...settings };
    const environment = THROUGH_GATE ? { ...told, DOCKER_SOCKET: await this.#openGate(told) } : told;
    const child = spawn(process.execPath, this.#program, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
      });
    }
    this.#child = child;
    const from = this.#said.length;
    for (let look = 0; look < 1_800 && child.exitCode === null; look += 1) {
      // Its own word first: somebody else's test may listen there by now.
      const open = this.#said.includes('the hub is open', from);
      if (open && (await this.api('GET', '/').catch(() => null))?.status === 200) return;
      await sleep(100);
    }
    throw new Error(`the hub did not start: ${this.#said}`);
  }

  /** `SIGTERM` as on an upgrade, `SIGKILL` as in a crash. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** As the administrator's script, or as whoever has `token`. */
  async api(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, token = this.#token) {
    const base = (this.#environment.BASE_URL ?? '').replace(/\/$/, '');
    const answer = await request(`${this.#environment.HUB_BIND}${base}/hub/api${path}`, {
      method,
      headers: {
        authorization: `token ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    const reply: ApiReply = { status: answer.statusCode, json: text === '' ? undefined : JSON.parse(text) };
    return reply;
  }

  /** The server's model in the API, or undefined. */
  async server(user = this.alice, name = ''): Promise<Record<string, unknown> | undefined> {
    const { json } = await this.api('GET', `/users/${user}?include_stopped_servers=1`);
    return (json as { servers?: Record<string, Record<string, unknown>> }).servers?.[name];
  }

  /** Starts and waits. @throws Error when it is not ready in time. */
  async startServer(user = this.alice, options: unknown = {}, ms = 60_000): Promise<void> {
    const { status, json } = await this.api('POST', `/users/${user}/server`, options);
    if (status !== 201 && status !== 202) throw new Error(`${status} ${JSON.stringify(json)}`);
    const until = Date.now() + ms;
    for (;;) {
      // One look for both: between two it may have become ready.
      const server = await this.server(user);
      if (server?.ready === true) return;
      if (Date.now() > until || server?.pending === null) {
        throw new Error(`${user} is not ready: ${this.#said.slice(-3000)}`);
      }
      await sleep(100);
    }
  }

  /** The container of somebody's server, inspected. */
  async container(user = this.alice) {
    const [found] = await this.dock.docker.listContainers({
      all: true,
      filters: { label: [`org.berth.hub=${this.dock.name}`, `org.berth.user=${user}`] },
    });
    // It may go between the two questions.
    return found === undefined ? null : orNull(this.dock.docker.getContainer(found.Id).inspect());
  }

  /** The token that somebody's server was given. */
  async tokenOf(user = this.alice): Promise<string> {
    const line = (await this.container(user))?.Config.Env?.find((one) =>
      one.startsWith('JUPYTERHUB_API_TOKEN='),
    );
    if (line === undefined) throw new Error(`${user} has no container with a token`);
    return line.slice(line.indexOf('=') + 1);
  }

  /** With `ENGINE_GATE=1` the hub asks the engine through the gate's own process, as on the appliance. */
  async #openGate(environment: Readonly<Record<string, string>>): Promise<string> {
    const socket = join(this.#directory, 'engine.sock');
    this.#gate?.kill('SIGKILL');
    this.#gate = await startGate(environment, socket);
    return socket;
  }

  async close(): Promise<void> {
    await this.end();
    this.#gate?.kill('SIGKILL');
    await this.proxy.close();
    await this.dock.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
