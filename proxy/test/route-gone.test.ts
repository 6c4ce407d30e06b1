// A route that goes while somebody waits to be let in at its server: the address may be another's in a moment.
import { expect, it } from 'vitest';
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
