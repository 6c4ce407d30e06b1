import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Visitor } from '../../support/visitor.ts';
import { docker } from '../locked-container.ts';
import { PortsHouse } from './ports-house.ts';

// The whole hub under a path, its proxy, a genuine notebook, and a program beside it on 127.0.0.1.
let house: PortsHouse;
let alice: Visitor;
beforeAll(async () => {
  house = await PortsHouse.open();
  alice = await house.person(house.alice);
  await house.hub.startServer(house.alice, {}, 120_000);
});
afterAll(() => house?.close());

const json = (text: string) =>
  JSON.parse(text) as { url: string; headers: Record<string, string>; on: string };

describe('a program on a port of a running server', () => {
  test('is started a way to by the first requests, and by one of them only', async () => {
    expect(await house.forwarders()).toHaveLength(0);
    expect(await house.route()).toMatchObject({ asleep: true, user: house.alice });
    // The first brings the cookie; then all at once.
    const first = await house.go(alice, house.path('5000/'));
    expect([first.status, first.path]).toEqual([200, house.path('5000/')]);
    expect(json(first.text).on).toBe('loopback');
    const [forwarder] = await house.forwarders();
    await house.hub.dock.docker.getContainer(forwarder?.Id ?? '').kill();
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, at) => house.go(alice, house.path(`5000/${at}`))),
    );
    for (const { status } of many) expect([200, 503]).toContain(status);
    await expect
      .poll(async () => (await house.go(alice, house.path('5000/'))).status, { timeout: 30_000 })
      .toBe(200);
    expect(await house.forwarders()).toHaveLength(1);
  });

  test('sees its own paths, where it stands and who comes, and none of the hub’s cookies', async () => {
    const { text } = await house.go(alice, house.path('5000/a%2Fb/c?d=e'));
    const { url, headers } = json(text);
    expect(url).toBe('/a%2Fb/c?d=e');
    expect(headers['X-Forwarded-Prefix']).toBe(house.path('5000'));
    expect(headers['X-Forwarded-User']).toBe(house.alice);
    expect(headers.Cookie ?? '').not.toMatch(/berth-|jupyterhub-hub-login/);
    expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain('x-port-key');
    const absolute = await house.go(alice, house.path('absolute/5000/x'));
    expect(json(absolute.text).url).toBe(house.path('absolute/5000/x'));
  });

  test('is found on the container’s own address too', async () => {
    const { text } = await house.go(alice, house.path('5001/'));
    expect(json(text).on).toBe('own address');
  });

  test('redirects and sets cookies below its place', async () => {
    const reply = await alice.get(house.path('5000/go'));
    expect(reply.location).toBe(house.path('5000/landed?x=1'));
    expect(alice.jar.get('seen')).toEqual({ value: '1', path: house.path('5000/') });
    const { text } = await house.go(alice, house.path('5000/go'));
    expect(json(text).headers.Cookie).toContain('seen=1');
  });

  test('speaks over WebSockets', async () => {
    const socket = house.socket(house.path('5000/talk'), alice);
    expect(String((await once(socket, 'message'))[0])).toBe(`from ${house.alice}`);
    const bytes = Buffer.alloc(1_000_000, 3);
    socket.send(bytes);
    const [answer] = (await once(socket, 'message')) as [Buffer];
    expect(answer.equals(bytes)).toBe(true);
    socket.close();
    await once(socket, 'close');
  });

  test('takes large uploads and gives large downloads as they are', async () => {
    const body = Buffer.alloc(60_000_000, 'a program’s upload');
    const cookie = house.cookieOf(alice, house.path('5000/'));
    const up = await request(`${house.hub.proxy.url}${house.path('5000/digest')}`, {
      method: 'POST',
      headers: { cookie, origin: house.hub.proxy.url },
      body,
    });
    expect(await up.body.json()).toEqual({
      sha256: createHash('sha256').update(body).digest('hex'),
      size: body.length,
    });
    const down = await request(`${house.hub.proxy.url}${house.path('5000/big?mb=80')}`, {
      headers: { cookie },
    });
    let size = 0;
    for await (const chunk of down.body) size += (chunk as Buffer).length;
    expect(size).toBe(80_000_000);
  });

  test('that does not listen yet has a page which says so and tries again', async () => {
    const page = await house.go(alice, house.path('5999/'));
    expect(page.status).toBe(503);
    expect(page.headers['retry-after']).toBe('5');
    expect(page.text).toContain('Nothing answers on port 5999 yet');
    expect(page.text).toContain(`the server of ${house.alice}`);
    for (const word of ['0', '65536', 'x'])
      expect((await house.go(alice, house.path(`${word}/`))).status).toBe(400);
  });

  test('is reached by the form on the home page, and by a link that is everybody’s', async () => {
    const home = await alice.get(`${house.base}hub/home`);
    expect(home.text).toContain(`action="${house.base}hub/port/${house.alice}"`);
    const formed = await house.go(alice, `${house.base}hub/port/${house.alice}?port=5000`);
    expect([formed.status, formed.path]).toEqual([200, house.path('5000/')]);
    const linked = await house.go(alice, `${house.base}hub/user-redirect/proxy/5000/page?x=1`);
    expect([linked.status, linked.path]).toEqual([200, house.path('5000/page?x=1')]);
    for (const port of ['', '0', '70000', '5000/../..', '5e3'])
      expect((await alice.get(`${house.base}hub/port?port=${encodeURIComponent(port)}`)).status).toBe(400);
  });
});

describe('nobody else', () => {
  test('gets in: no stranger, no other person, over HTTP or WebSocket', async () => {
    const bob = await house.person(`bob-${house.hub.dock.word}`);
    const stranger = new Visitor(house.hub.proxy.url);
    const path = house.path('5000/');
    expect((await house.go(stranger, path)).path).toMatch(new RegExp(`^${house.base}hub/login`));
    expect((await house.go(bob, path)).status).toBe(404);
    for (const visitor of [bob, stranger]) {
      const plain = await visitor.get(path, { accept: 'application/json' });
      expect([401, 403]).toContain(plain.status);
      expect(plain.text).not.toContain('loopback');
      const socket = house.socket(house.path('5000/talk'), visitor);
      const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
      expect([401, 403]).toContain(answer.statusCode);
      socket.on('error', () => undefined);
      socket.terminate();
    }
    // A notebook's token opens the notebook, and no port.
    const token = await house.hub.tokenOf();
    const withToken = await new Visitor(house.hub.proxy.url).get(path, {
      accept: 'application/json',
      authorization: `token ${token}`,
    });
    expect(withToken.status).toBe(401);
  });

  test('gets in from the notebooks’ network: a neighbour that calls the forwarder gets nothing', async () => {
    await house.go(alice, house.path('5000/'));
    const [forwarder] = await house.forwarders();
    const port = forwarder?.Labels['org.berth.ports.port'];
    const address = (await house.hub.container())?.NetworkSettings.Networks[house.hub.dock.name]?.IPAddress;
    const call = `
      const [, url] = process.argv;
      const ask = (headers) => fetch(url, { headers, redirect: 'manual' }).then(async (r) => r.status + ' ' + (await r.text()));
      console.log(await ask({}));
      console.log(await ask({ 'x-port-key': 'guess' }));
      const socket = new WebSocket(url.replace('http', 'ws') + 'talk');
      socket.onopen = () => console.log('open');
      socket.onerror = () => console.log('closed');`;
    const said = await docker([
      ...[
        'run',
        '--rm',
        '--network',
        house.hub.dock.name,
        '--label',
        `org.berth.test=${house.hub.dock.name}`,
      ],
      ...['--entrypoint', 'node', house.image, '--input-type=module', '-e', call],
      `http://${address}:${port}${house.path('5000/')}`,
    ]);
    expect(said.match(/^403 /gm)).toHaveLength(2);
    expect(said).toContain('closed');
    expect(said).not.toMatch(/loopback|open$/m);
  });
});

describe('the forwarder', () => {
  const opens = async () => (await house.go(alice, house.path('5000/'))).status;
  const heals = () => expect.poll(opens, { timeout: 60_000, interval: 200 }).toBe(200);

  test('has no rights, no files and little memory, and is no server', async () => {
    await heals();
    const [listed] = await house.forwarders();
    const { HostConfig: host, Config: config } = await house.hub.dock.docker
      .getContainer(listed?.Id ?? '')
      .inspect();
    expect(host.NetworkMode).toBe(`container:${(await house.hub.container())?.Id}`);
    expect(host).toMatchObject({ CapDrop: ['ALL'], ReadonlyRootfs: true, Privileged: false, PidMode: '' });
    expect(host.Memory).toBeLessThan(200_000_000);
    expect(config.User).toBe('65534:65534');
    const { json: user } = await house.hub.api('GET', `/users/${house.alice}`);
    expect(Object.keys((user as { servers: object }).servers)).toEqual(['']);
  });

  test('that was killed is made anew by the next request', async () => {
    const [before] = await house.forwarders();
    await house.hub.dock.docker.getContainer(before?.Id ?? '').remove({ force: true });
    await expect.poll(async () => (await house.route())?.asleep, { timeout: 30_000 }).toBe(true);
    expect(await opens()).toBe(200);
    const after = await house.forwarders();
    expect(after).toHaveLength(1);
    expect(after[0]?.Id).not.toBe(before?.Id);
  });

  test('goes on when the hub starts anew, and is known again', async () => {
    await heals();
    const [before] = await house.forwarders();
    await house.hub.end('SIGKILL');
    await house.hub.start();
    expect(await opens()).toBe(200);
    expect((await house.forwarders()).map(({ Id }) => Id)).toEqual([before?.Id]);
    expect(await house.route()).toMatchObject({ user: house.alice });
  });

  test('is led to again when the proxy has lost its routes', async () => {
    await house.hub.proxy.restart('SIGKILL');
    await house.hub.api('POST', '/proxy');
    await heals();
    expect(await house.forwarders()).toHaveLength(1);
  });

  test('is made anew for the next start of the server', async () => {
    const [before] = await house.forwarders();
    await house.stop();
    await house.hub.startServer(house.alice, {}, 120_000);
    await heals();
    const after = await house.forwarders();
    expect(after).toHaveLength(1);
    expect(after[0]?.Id).not.toBe(before?.Id);
  });

  test('ends with its server, and with it the way', async () => {
    await heals();
    await house.stop();
    await expect.poll(async () => (await house.forwarders()).length, { timeout: 60_000 }).toBe(0);
    expect(await house.route()).toBeUndefined();
    const { path } = await house.go(alice, house.path('5000/'));
    expect(path).toMatch(/hub\/|proxy\/5000/);
  });
});
