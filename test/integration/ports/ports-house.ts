import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { Visitor, type VisitorReply } from '../../support/visitor.ts';
import { RunningHub } from '../running-hub.ts';
import { forwarderImage } from './forwarder-image.ts';

const run = promisify(execFile);
const PASSWORD = 'for the ports';
const MAX_STOPS = 15;

/** Image with a notebook and a program on 127.0.0.1:5000, on its own address:5001, and on 127.0.0.1:5002 once told. */
async function programImage(): Promise<string> {
  const name = 'berth-test-ports-program';
  await run('docker', [
    'build',
    '--label',
    'org.berth.test=ports',
    '--tag',
    name,
    join(import.meta.dirname, 'app'),
  ]);
  return name;
}

/** The whole hub, its proxy and the engine, with people who sign in as at a browser. */
export class PortsHouse {
  readonly hub: RunningHub;
  /** One slash at each end. */
  readonly base: string;
  readonly image: string;

  private constructor(hub: RunningHub, base: string, image: string) {
    this.hub = hub;
    this.base = base;
    this.image = image;
  }

  static async open(settings: Readonly<Record<string, string>> = {}, base = '/jhub/'): Promise<PortsHouse> {
    const image = await forwarderImage();
    const notebook = await programImage();
    const hub = await RunningHub.open({
      settings: {
        AUTHENTICATOR_CLASS: 'dummy',
        DUMMY_PASSWORD: PASSWORD,
        BASE_URL: base,
        DOCKER_NOTEBOOK_IMAGE: notebook,
        PORT_FORWARDER_IMAGE: image,
        CULL_ENABLED: 'false',
        HTTP_TIMEOUT: '120',
        ...settings,
      },
    });
    return new PortsHouse(hub, base, image);
  }

  get alice(): string {
    return this.hub.alice;
  }

  /** Of alice's default server. */
  path(rest: string): string {
    return `${this.base}user/${this.alice}/proxy/${rest}`;
  }

  /** Somebody who has signed in. */
  async person(name: string): Promise<Visitor> {
    const visitor = new Visitor(this.hub.proxy.url);
    await visitor.get(`${this.base}hub/login`);
    const { status } = await visitor.post(`${this.base}hub/login`, { username: name, password: PASSWORD });
    expect(status).toBeLessThan(400);
    return visitor;
  }

  /** As a browser goes: every redirect, up to the first answer that is none. */
  async go(visitor: Visitor, path: string): Promise<VisitorReply & { readonly path: string }> {
    let at = path;
    for (let stop = 0; stop < MAX_STOPS; stop += 1) {
      const reply = await visitor.get(at, { 'sec-fetch-mode': 'navigate' });
      if (reply.location === '') return { ...reply, path: at };
      const { pathname, search } = new URL(reply.location, `${this.hub.proxy.url}${at}`);
      at = `${pathname}${search}`;
    }
    throw new Error(`${path} leads round and round, lately to ${at}`);
  }

  cookieOf(visitor: Visitor, path: string): string {
    return [...visitor.jar]
      .filter(([, kept]) => path.startsWith(kept.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }

  socket(path: string, visitor: Visitor | null): WebSocket {
    const url = `${this.hub.proxy.url.replace('http', 'ws')}${path}`;
    const cookie = visitor === null ? '' : this.cookieOf(visitor, path);
    return new WebSocket(url, { origin: this.hub.proxy.url, headers: cookie === '' ? {} : { cookie } });
  }

  /** Those that run. */
  async forwarders() {
    const label = [`org.berth.hub=${this.hub.dock.name}`, 'org.berth.ports.of'];
    return this.hub.dock.docker.listContainers({ filters: { label } });
  }

  /** The proxy's route to alice's ports, as its control API tells it. */
  async route(): Promise<Record<string, unknown> | undefined> {
    const { door } = this.hub.proxy;
    if (!('url' in door.at)) throw new Error('this proxy is asked over TCP');
    const answer = await fetch(`${door.at.url}/api/routes`, {
      headers: { authorization: `token ${door.token}` },
    });
    const table = (await answer.json()) as Record<string, Record<string, unknown>>;
    return table[decodeURIComponent(this.path('').replace(/\/$/, ''))];
  }

  async stop(): Promise<void> {
    await this.hub.api('DELETE', `/users/${this.alice}/server`);
    await expect.poll(async () => (await this.hub.server())?.stopped ?? true, { timeout: 60_000 }).toBe(true);
  }

  close(): Promise<void> {
    return this.hub.close();
  }
}
