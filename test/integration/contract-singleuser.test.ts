import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serverEnvironment } from '../../hub/src/domain/server-environment.ts';
import type { SpawnSettings } from '../../hub/src/domain/settings.ts';
import { type ContractHub, openContractHub } from '../support/contract-hub.ts';
import { ContractBrowser } from './contract-browser.ts';
import { Dock } from './dock.ts';

/** Images with a genuine `jupyterhub-singleuser`, and the page that people open there. More may be named. */
const IMAGES = (process.env.CONTRACT_IMAGES ?? 'berth-notebook-minimal=lab berth-notebook-minimal=tree')
  .split(' ')
  .map((pair) => pair.split('='));

describe.each(IMAGES)('the genuine jupyterhub-singleuser of %s at /%s', (image = '', page = '') => {
  let dock: Dock;
  let house: ContractHub;
  let notebook: string;
  let network: { readonly gateway: string };
  const path = '/user/alice/';

  beforeAll(async () => {
    dock = await Dock.open();
    const { IPAM: ipam } = await dock.docker.getNetwork(dock.name).inspect();
    network = { gateway: String(ipam?.Config?.[0]?.Gateway) };
    // On the network's own address: notebooks reach it, nobody outside this machine does.
    house = await openContractHub({ host: network.gateway });
    for (const name of ['alice', 'bob']) await house.addUser(name);
    await house.addUser('mary', { admin: true });
    const token = await house.runServer('alice');
    notebook = await startNotebook(token);
  });

  afterAll(async () => {
    await house?.close();
    await dock?.close();
  });

  async function startNotebook(token: string): Promise<string> {
    const settings = {
      baseUrl: '/',
      publicOrigin: '',
      port: 8888,
      hubApiUrl: `${house.notebookUrl}/hub/api`,
      notebookDir: '/home/jovyan',
      defaultUrl: `/${page}`,
      memory: null,
      cpus: null,
    } as SpawnSettings;
    const environment = serverEnvironment(settings, { user: 'alice', server: '', image, token });
    const container = await dock.docker.createContainer({
      Image: image,
      Labels: dock.labels,
      Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      Healthcheck: { Test: ['NONE'] },
      HostConfig: { NetworkMode: dock.name, Memory: 768 * 1024 * 1024 },
    });
    await container.start();
    const { NetworkSettings: found } = await container.inspect();
    const url = `http://${found.Networks[dock.name]?.IPAddress}:8888`;
    await waitForAnswer(`${url}${path}api`);
    return url;
  }

  const browser = () => new ContractBrowser(house.url, notebook);

  /** A browser that is signed in at the hub, and nowhere else. */
  async function signedIn(name: string): Promise<ContractBrowser> {
    const visitor = browser();
    const { cookie } = await house.signIn(name);
    for (const pair of cookie.split('; ')) {
      const [key = '', value = ''] = pair.split('=');
      visitor.setCookie({ name: key, value, path: key === 'jupyterhub-hub-login' ? '/hub/' : '/' });
    }
    return visitor;
  }

  const api = (endpoint: string, token: string, method: 'GET' | 'POST' = 'GET') =>
    request(`${notebook}${path}api/${endpoint}`, { method, headers: { authorization: `token ${token}` } });

  test('asks for the version when it starts and reports activity with its own token', async () => {
    await expect
      .poll(() => [...house.store.tokens.values()].find((token) => token.server === 'alice/')?.lastActivity, {
        timeout: 20_000,
      })
      .toBeGreaterThan(0);
  });

  test('sends a stranger to the hub, and the hub to its sign-in page', async () => {
    const way = await browser().follow(`${path}${page}`);
    expect(way.map(({ status }) => status)).toEqual([302, 302, 404]);
    expect(way[1]?.path).toContain('/hub/api/oauth2/authorize?client_id=jupyterhub-user-alice&');
    expect(way[2]?.path).toMatch(/^\/hub\/login\?next=%2Fhub%2Fapi%2Foauth2%2Fauthorize/);
  });

  test('lets its owner in: authorize, code, token, cookie, page', async () => {
    const visitor = await signedIn('alice');
    const way = await visitor.follow(`${path}${page}`);
    expect(way.map(({ status }) => status)).toEqual([302, 302, 302, 200]);
    expect(way[3]?.path).toBe(`${path}${page}`);
    // Lab's page, or the classic notebook's.
    expect(way[3]?.text).toMatch(/jupyter-config-data|data-base-url/);
    expect(visitor.cookies(path).map(({ name }) => name)).toContain('jupyterhub-user-alice');
  });

  test('runs a cell over the WebSocket for its owner', async () => {
    const visitor = await signedIn('alice');
    await visitor.follow(`${path}${page}`);
    const token = await house.token('alice');
    const made = await api('kernels', token, 'POST');
    expect(made.statusCode).toBe(201);
    const { id } = (await made.body.json()) as { id: string };
    const socket = visitor.socket(`${path}api/kernels/${id}/channels`, { origin: notebook });
    await once(socket, 'open');
    socket.send(JSON.stringify(executeRequest('print(6*7)')));
    const output = await outputOf(socket);
    socket.close();
    expect(output).toBe('42\n');
  });

  test("takes API tokens: its owner's and an administrator's, not a neighbour's", async () => {
    expect((await api('status', await house.token('alice'))).statusCode).toBe(200);
    expect((await api('status', await house.token('mary'))).statusCode).toBe(200);
    expect((await api('status', await house.token('alice', ['access:servers!user']))).statusCode).toBe(200);
    expect((await api('status', await house.token('bob'))).statusCode).toBe(403);
    expect((await api('status', await house.token('alice', ['read:users!user']))).statusCode).toBe(403);
    expect((await api('status', 'nonsense')).statusCode).toBe(403);
  });

  test('a neighbour who is signed in is refused by the hub, and no socket opens', async () => {
    const visitor = await signedIn('bob');
    const way = await visitor.follow(`${path}${page}`);
    expect(way.at(-1)?.status).toBe(403);
    const socket = visitor.socket(`${path}api/kernels/${randomUUID()}/channels`, { origin: notebook });
    const [, refusal] = await once(socket, 'unexpected-response');
    expect(refusal.statusCode).toBe(403);
  });

  test('an administrator is asked first, then let in', async () => {
    const visitor = await signedIn('mary');
    const way = await visitor.follow(`${path}${page}`);
    const asked = way.at(-1);
    expect([asked?.status, asked?.path]).toEqual([200, expect.stringContaining('/hub/api/oauth2/authorize')]);
    const form = new URLSearchParams({
      _xsrf: visitor.cookies('/hub/').find(({ name }) => name === '_xsrf')?.value ?? '',
    });
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const answered = await visitor.visit(asked?.path ?? '', 'POST', type, form.toString());
    expect(answered.status).toBe(302);
    expect((await visitor.follow(answered.location ?? '')).at(-1)).toMatchObject({
      status: 200,
      path: `${path}${page}`,
    });
  });

  test('signing out at the hub closes the notebook at once', async () => {
    const visitor = await signedIn('alice');
    await visitor.follow(`${path}${page}`);
    expect((await visitor.visit(`${path}${page}`)).status).toBe(200);
    const sharedId = visitor.cookies('/').find(({ name }) => name === 'jupyterhub-session-id')?.value ?? '';
    const [session] = house.store.sessions.where('sharedId', sharedId);
    if (session === undefined) throw new Error('no session');
    await house.hub.signOut(session);
    // What the hub's sign-out does in the browser (contract §2.7).
    visitor.setCookie({ name: 'jupyterhub-session-id', value: '', path: '/' });
    const way = await visitor.follow(`${path}${page}`);
    expect(way.map(({ status }) => status)).toEqual([302, 302, 404]);
  });
});

async function waitForAnswer(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const asked = request(url, { signal: AbortSignal.timeout(2000) }).then(async ({ statusCode, body }) => {
      await body.dump();
      return statusCode;
    });
    // Nobody there yet.
    if ((await asked.catch(() => 599)) < 500) return;
    await sleep(250);
  }
  throw new Error(`${url} never answered`);
}

function executeRequest(code: string) {
  const header = {
    msg_id: randomUUID(),
    username: 'test',
    session: randomUUID(),
    msg_type: 'execute_request',
    version: '5.3',
  };
  const content = { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false };
  return { header, parent_header: {}, metadata: {}, content, channel: 'shell', buffers: [] };
}

/** The first words that the kernel writes. */
function outputOf(socket: import('ws').WebSocket): Promise<string> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the kernel said nothing')), 60_000);
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as { msg_type: string; content: { text?: string } };
      if (message.msg_type !== 'stream') return;
      clearTimeout(late);
      resolve(message.content.text ?? '');
    });
    socket.once('error', reject);
  });
}
