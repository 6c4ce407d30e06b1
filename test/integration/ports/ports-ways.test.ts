import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Visitor } from '../../support/visitor.ts';
import { PortsHouse } from './ports-house.ts';

// Who leads to ports: the image where it can, Berth where it cannot, nobody where the administrator says so.
const profile = (slug: string, more: Readonly<Record<string, unknown>> = {}) => ({
  display_name: slug,
  slug,
  kubespawner_override: more,
});
const inside = { environment: { PROXY_INSIDE: '1' } };
const PROFILES = [
  profile('plain'),
  profile('inside', inside),
  profile('always', { ...inside, port_forwarding: 'always' }),
  profile('never', { port_forwarding: 'never' }),
  {
    ...profile('web', {
      cmd: ['bash', '-c', 'python3 /opt/programs/program.py & exec python3 -m http.server 8080'],
    }),
    kind: 'web',
    port: 8080,
    health_path: '/',
    strip_prefix: true,
  },
];

let house: PortsHouse;
let alice: Visitor;
beforeAll(async () => {
  house = await PortsHouse.open({
    PROFILES: JSON.stringify(PROFILES),
    NAMED_SERVER_LIMIT_PER_USER: '0',
  });
  alice = await house.person(house.alice);
});
afterAll(() => house?.close());

async function started(slug: string): Promise<void> {
  await house.hub.startServer(house.alice, { profile: slug }, 120_000);
}

test('with jupyter-server-proxy in the image everything passes to the notebook as it is', async () => {
  await started('inside');
  expect(await house.route()).toBeUndefined();
  const { status, text, path } = await house.go(alice, house.path('5000/a?b=c'));
  expect([status, path]).toEqual([200, house.path('5000/a?b=c')]);
  expect(JSON.parse(text)).toEqual({ by: 'the notebook', port: '5000', path: '/a', query: 'b=c' });
  expect(await house.forwarders()).toHaveLength(0);
  // Also for a hub that starts anew and has to ask again.
  await house.hub.end();
  await house.hub.start();
  expect(await house.route()).toBeUndefined();
  await house.stop();
});

test('a profile can have Berth lead there all the same', async () => {
  await started('always');
  const { text } = await house.go(alice, house.path('5000/a'));
  expect(JSON.parse(text)).toMatchObject({ url: '/a', on: 'loopback' });
  await house.stop();
});

test('a profile can leave ports to the image, which then has to know them', async () => {
  await started('never');
  expect(await house.route()).toBeUndefined();
  expect((await house.go(alice, house.path('5000/'))).status).toBe(404);
  expect(await house.forwarders()).toHaveLength(0);
  await house.stop();
});

test('a web application without Jupyter has ports beside it, for the same visitors', async () => {
  await started('web');
  expect((await house.go(alice, `${house.base}user/${house.alice}/`)).text).toContain('Directory listing');
  const { text } = await house.go(alice, house.path('5000/x'));
  expect(JSON.parse(text)).toMatchObject({ url: '/x', on: 'loopback' });
  const bob = await house.person(`bob-${house.hub.dock.word}`);
  for (const path of ['', 'proxy/5000/'])
    expect((await house.go(bob, `${house.base}user/${house.alice}/${path}`)).status).toBe(404);
  await house.stop();
});

test('a program that comes up slowly is there when its page has tried again', async () => {
  await started('plain');
  expect((await house.go(alice, house.path('5002/'))).status).toBe(503);
  expect((await house.go(alice, house.path('5000/begin'))).status).toBe(200);
  await expect
    .poll(async () => (await house.go(alice, house.path('5002/'))).status, {
      timeout: 60_000,
      interval: 1_000,
    })
    .toBe(200);
});

test('named servers have ports of their own; one that is called proxy takes those of the default server', async () => {
  const path = (server: string) => `${house.base}user/${house.alice}/${server}/proxy/5000/`;
  for (const name of ['gpu', 'proxy']) {
    const { status } = await house.hub.api('POST', `/users/${house.alice}/servers/${name}`, {
      profile: 'plain',
    });
    expect([201, 202]).toContain(status);
    await expect
      .poll(async () => (await house.hub.server(house.alice, name))?.ready, {
        timeout: 120_000,
        interval: 300,
      })
      .toBe(true);
  }
  expect((await house.go(alice, path('gpu'))).status).toBe(200);
  expect((await house.go(alice, path('proxy'))).status).toBe(200);
  await house.hub.api('POST', '/proxy');
  const owners = async () =>
    (await house.forwarders()).map(({ Labels: labels }) => labels['org.berth.ports.server']).sort();
  await expect.poll(owners, { timeout: 30_000 }).toEqual(['gpu', 'proxy']);
});
