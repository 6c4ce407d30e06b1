// Everything that a browser meets stands below the base path, through the real proxy (issue 7, sub-path).
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { makeProxyRoutes } from '../../hub/src/adapters/proxy/proxy-routes.ts';
import { openPagesHouse, type PagesHouse } from '../support/pages-house.ts';
import { Visitor } from '../support/visitor.ts';
import { type RunningProxy, startProxy } from './running-proxy.ts';

describe.each(['/', '/jhub/', '/a/b/'])('under %s', (base) => {
  let house: PagesHouse;
  let proxy: RunningProxy;
  let notebook: Server;
  let mary: Visitor;

  beforeAll(async () => {
    house = await openPagesHouse({ baseUrl: base, spawn: 'slow' });
    await house.addUser('mary', { admin: true });
    // As compose.yaml has it: the proxy knows nothing of the base path.
    const targets = ['--default-target', house.origin, '--error-target', `${house.origin}/hub/error`];
    proxy = await startProxy('berth', targets);
    notebook = createServer((asked, answer) => answer.end(`notebook ${asked.url}`));
    const sockets = new WebSocketServer({ server: notebook });
    sockets.on('connection', (socket, asked) => socket.send(`socket ${asked.url}`));
    notebook.listen(0, '127.0.0.1');
    await once(notebook, 'listening');
    const routes = makeProxyRoutes({ at: proxy.door.at, token: proxy.door.token, timeout: 5000 });
    const path = `${base}user/mary/`;
    const { port } = notebook.address() as AddressInfo;
    await routes.add({ path, target: `http://127.0.0.1:${port}`, user: 'mary', server: '' });
    await routes.add({ path: `${base}user/dead/`, target: 'http://127.0.0.1:9', user: 'dead', server: '' });
    mary = new Visitor(proxy.url);
    const { cookie } = await house.signIn('mary');
    for (const pair of cookie.split('; ')) {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      mary.jar.set(name, { value, path: base });
    }
  });

  afterAll(async () => {
    await proxy?.close();
    notebook?.close();
    await house?.close();
  });

  test('who types the host alone is led to the sign-in page below it', async () => {
    const stranger = new Visitor(proxy.url);
    let at = '/';
    for (let step = 0; step < 5; step++) {
      const { status, location } = await stranger.get(at);
      if (status === 200) break;
      expect(location).toMatch(new RegExp(`^${base}`));
      at = location;
    }
    expect(at).toMatch(new RegExp(`^${base}hub/login`));
    for (const { path } of stranger.jar.values()) expect(path).toMatch(new RegExp(`^${base}`));
  });

  test.each(['hub/login', 'hub/home', 'hub/token', 'hub/admin', 'hub/spawn/mary', 'hub/nothing'])(
    'every address on %s is below it, and every asset is there',
    async (page) => {
      const visitor = page === 'hub/login' ? new Visitor(proxy.url) : mary;
      const { text, setCookies } = await visitor.get(`${base}${page}`);
      const addresses = [...text.matchAll(/ (?:href|src|action|data-live|data-watch)="(\/[^"]*)"/g)].map(
        ([, address = '']) => address,
      );
      expect(addresses.length).toBeGreaterThan(2);
      for (const address of addresses) expect(address).toMatch(new RegExp(`^${base}`));
      for (const asset of addresses.filter((address) => /\/static\//.test(address))) {
        expect((await mary.get(asset.replaceAll('&amp;', '&'))).status, asset).toBe(200);
      }
      for (const line of setCookies) expect(line.toLowerCase()).toContain(`path=${base}`);
    },
  );

  test('a start leads to its progress below it, and the progress streams through the proxy', async () => {
    await mary.get(`${base}hub/home`);
    const { location } = await mary.post(`${base}hub/spawn/mary`, {});
    expect(location).toBe(`${base}hub/spawn-pending/mary`);
    const live = /data-live="([^"]+)"/.exec((await mary.get(location)).text)?.[1] ?? '';
    expect(live).toMatch(new RegExp(`^${base}hub/`));
    const cookie = [...mary.jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
    const stream = await fetch(`${proxy.url}${live}`, {
      headers: { cookie },
      signal: AbortSignal.timeout(5000),
    });
    expect(stream.headers.get('content-type')).toMatch(/event-stream/);
    const reader = stream.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toMatch(/^(data|event|id|retry|:)/);
    await reader?.cancel();
  });

  test('the notebook is reached at its whole path, by HTTP and by WebSocket', async () => {
    const path = `${base}user/mary/api/kernels?x=%2F`;
    expect((await mary.get(path)).text).toBe(`notebook ${path}`);
    const socket = new WebSocket(`${proxy.url.replace('http', 'ws')}${path}`);
    const [message] = await once(socket, 'message', { signal: AbortSignal.timeout(5000) });
    expect(String(message)).toBe(`socket ${path}`);
    socket.close();
  });

  test('a notebook that does not answer shows the hub’s own page, with addresses below it', async () => {
    const { status, text } = await mary.get(`${base}user/dead/lab`);
    expect(status).toBe(503);
    const addresses = [...text.matchAll(/ (?:href|src)="(\/[^"]*)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBeGreaterThan(2);
    for (const address of addresses) expect(address).toMatch(new RegExp(`^${base}`));
  });

  test('who is not signed in is led to sign in below it, and back below it', async () => {
    const { location } = await new Visitor(proxy.url).get(`${base}hub/home`);
    expect(location).toBe(`${base}hub/login?next=${encodeURIComponent(`${base}hub/home`)}`);
  });
});
