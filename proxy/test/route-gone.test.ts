// A route that goes while somebody waits to be let in at its server: the address may be another's in a moment.
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AUDIENCE, guardedHouse, PATH, withCookie } from './guarded-house.ts';
import { addRoute, ask, proxyWith, rawServer, until } from './harness.ts';

/** Takes TCP connections and says nothing: to a proxy that speaks TLS nobody has let it in yet. */
const silent = () => rawServer((socket) => socket.resume());
const tlsOf = (url: string) => url.replace('http:', 'https:');

it('who was not let in when the route goes is let in nowhere, and is told so at once', async () => {
  const proxy = await proxyWith();
  const server = await silent();
  addRoute(proxy, '/user/alice', tlsOf(server.url));
  const asked = ask(proxy.publicPort, '/user/alice/lab');
  await until(() => server.sockets.size === 1);
  proxy.context.routes.remove('/user/alice');
  expect((await asked).status).toBe(503);
  await until(() => server.sockets.size === 0);
});

it('so is who waits when the route leads elsewhere from now on; who waits at the same address goes on waiting', async () => {
  const proxy = await proxyWith();
  const [server, other] = [await silent(), await silent()];
  addRoute(proxy, '/user/alice', tlsOf(server.url));
  const asked = ask(proxy.publicPort, '/user/alice/lab');
  await until(() => server.sockets.size === 1);
  // A hub that begins anew gives all its routes again.
  addRoute(proxy, '/user/alice', tlsOf(server.url));
  expect(server.sockets.size).toBe(1);
  addRoute(proxy, '/user/alice', tlsOf(other.url));
  expect((await asked).status).toBe(503);
});

it.each([
  ['leads there still: sent once more', false, 200, 2],
  ['is gone: told so, and nobody is dialled', true, 503, 1],
])('a request whose kept connection breaks while its route %s', async (_, gone, status, dials) => {
  const proxy = await proxyWith();
  let [dialled, requests] = [0, 0];
  const server = await rawServer((socket) => {
    dialled += 1;
    socket.on('data', () => {
      requests += 1;
      if (requests !== 2) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  });
  addRoute(proxy, '/user/alice', server.url);
  expect((await ask(proxy.publicPort, '/user/alice/one')).status).toBe(200);
  const second = ask(proxy.publicPort, '/user/alice/two');
  await until(() => requests === 2);
  if (gone) proxy.context.routes.remove('/user/alice');
  for (const socket of server.sockets) socket.destroy();
  expect((await second).status).toBe(status);
  expect(dialled).toBe(dials);
});

describe('a visitor of whom the hub is still asked when the route changes', () => {
  const asking = async () => {
    const house = await guardedHouse();
    house.state.delay = 300;
    return { ...house, headers: withCookie(house.hubKeys.visit({ iat: -400, exp: -100 })) };
  };

  it('does not come in at the old address: not by a request', async () => {
    const { proxy, port, headers, asked, seen } = await asking();
    const answer = ask(port, `${AUDIENCE}x`, { headers });
    await until(() => asked.length === 1);
    proxy.context.routes.remove(PATH);
    // As whoever asks for it now.
    expect((await answer).body).toBe('the hub');
    expect(seen).toEqual([]);
  });

  it('nor by a WebSocket', async () => {
    const { proxy, port, headers, asked, upgrades } = await asking();
    const socket = new WebSocket(`ws://127.0.0.1:${port}${AUDIENCE}ws`, { headers });
    const refused = new Promise((resolve) => {
      socket.on('unexpected-response', () => resolve(true));
      socket.on('open', () => resolve(false));
      socket.on('error', () => resolve(true));
    });
    await until(() => asked.length === 1);
    proxy.context.routes.remove(PATH);
    expect(await refused).toBe(true);
    expect(upgrades).toEqual([]);
    socket.terminate();
  });

  it('waits with all others when the server sleeps by then', async () => {
    const { proxy, app, guard, give, port, headers, asked, seen } = await asking();
    const answer = ask(port, `${AUDIENCE}x`, { headers });
    await until(() => asked.length === 1);
    addRoute(proxy, PATH, app.url, { user: 'alice', server_name: 'studio', guard, asleep: true });
    await until(() => PATH in proxy.context.waiting.present());
    expect(seen).toEqual([]);
    give();
    expect((await answer).status).toBe(200);
    expect(seen).toHaveLength(1);
  });
});
