import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';

let house: PagesHouse;

beforeEach(async () => {
  house = await openPagesHouse({
    roles: [
      {
        name: 'tutor',
        description: '',
        scopes: ['admin-ui', 'list:users!group=class', 'read:servers!group=class', 'servers!group=class'],
        users: ['tess'],
        groups: [],
        services: [],
      },
    ],
  });
  await house.addUser('mary', { admin: true });
  await house.addUser('tess');
  await house.addUser('alice', { groups: ['class'] });
  await house.addUser('bob');
  for (const name of ['alice', 'bob']) await house.runServer(name);
});
afterEach(() => house.close());

const names = (html: string) => [...html.matchAll(/class="person-name">([^<]+)</g)].map(([, name]) => name);
const LIST = '/hub/admin/servers';

describe('the list of servers', () => {
  it('is for those who hold admin-ui, and shows whom they may read', async () => {
    expect((await house.get(LIST, 'alice')).status).toBe(403);
    expect((await house.get(LIST)).location).toContain('/hub/login');
    expect(names((await house.get(LIST, 'mary')).text)).toEqual(['alice', 'bob']);
    expect(names((await house.get(LIST, 'tess')).text)).toEqual(['alice']);
  });

  it('finds, filters and orders by its address alone', async () => {
    await house.store.change((drafts) => {
      const bob = house.store.servers.get('bob/');
      if (bob !== undefined) drafts.servers.put({ ...bob, state: 'failed', image: 'lab:7' });
    });
    expect(names((await house.get(LIST, 'mary')).text)).toEqual(['alice']);
    expect(names((await house.get(`${LIST}?show=failed`, 'mary')).text)).toEqual(['bob']);
    expect(names((await house.get(`${LIST}?show=all&order=desc`, 'mary')).text)).toEqual(['bob', 'alice']);
    expect(names((await house.get(`${LIST}?show=all&q=LAB`, 'mary')).text)).toEqual(['bob']);
    const odd = await house.get(`${LIST}?show=x&sort=y&order=z&size=7&page=-1`, 'mary');
    expect([odd.status, names(odd.text)]).toEqual([200, ['alice']]);
  });

  it('shows what was measured, the most first when asked', async () => {
    await house.store.change((drafts) => {
      for (const [key, containerId] of [
        ['alice/', 'a'],
        ['bob/', 'b'],
      ] as const) {
        const server = house.store.servers.get(key);
        if (server !== undefined) drafts.servers.put({ ...server, containerId });
      }
    });
    house.usage.follow(
      new Map([
        ['alice/', 'a'],
        ['bob/', 'b'],
      ]),
    );
    house.usage.record({ containerId: 'a', at: 1, used: 1, memory: 2 ** 30 });
    house.usage.record({ containerId: 'b', at: 1, used: 1, memory: 3 * 2 ** 30 });
    const { text } = await house.get(`${LIST}?sort=memory`, 'mary');
    expect(names(text)).toEqual(['bob', 'alice']);
    expect(text).toContain('3 GiB');
  });
});

describe('stopping many', () => {
  it('asks first, says what is lost, and changes nothing', async () => {
    const asked = await house.post(`${LIST}/stop`, 'mary', { server: 'alice/' });
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('What is only in memory is lost');
    expect(asked.text).toContain('name="sure" value="yes"');
    const all = await house.get(`${LIST}/stop`, 'mary');
    expect([...all.text.matchAll(/type="hidden" name="server"/g)]).toHaveLength(2);
    expect(house.store.servers.get('alice/')?.state).toBe('ready');
  });

  it('tells of each what became of it', async () => {
    const done = await house.post(`${LIST}/stop`, 'mary', { server: 'alice/', sure: 'yes' });
    expect(done.text).toContain('1 server was stopped');
    expect(house.store.servers.get('alice/')?.state).toBe('stopped');
    const again = await house.post(`${LIST}/stop`, 'mary', { server: 'alice/', sure: 'yes' });
    expect(again.text).toContain('Did not run any more');
  });

  it('stops nobody’s server whom the caller may not stop, however they are named', async () => {
    for (const server of ['bob/', 'bob', '', '/', '../bob/', 'nobody/', 'bob/x']) {
      const done = await house.post(`${LIST}/stop`, 'tess', { server, sure: 'yes' });
      expect(done.status).toBe(200);
      expect(done.text).toContain('0 servers were stopped');
    }
    expect(house.store.servers.get('bob/')?.state).toBe('ready');
    expect((await house.post(`${LIST}/stop`, 'alice', { server: 'bob/', sure: 'yes' })).status).toBe(403);
    expect(
      (await house.post(`${LIST}/stop`, 'mary', { server: 'bob/', sure: 'yes', _xsrf: 'x' })).status,
    ).toBe(403);
    expect(house.store.servers.get('bob/')?.state).toBe('ready');
  });
});

describe('pages of figures', () => {
  it('a server’s are for its owner and for who may read it; the machine’s and the profiles for administrators', async () => {
    expect((await house.get('/hub/usage/alice', 'alice')).status).toBe(200);
    expect((await house.get('/hub/usage/bob', 'alice')).status).toBe(404);
    expect((await house.get('/hub/usage/alice', 'tess')).status).toBe(200);
    expect((await house.get('/hub/usage/bob', 'tess')).status).toBe(404);
    expect((await house.get('/hub/usage-live/bob', 'alice')).status).toBe(404);
    for (const path of ['usage', 'usage/live', 'profiles']) {
      expect((await house.get(`/hub/admin/${path}`, 'tess')).status, path).toBe(403);
    }
    expect((await house.get('/hub/admin/usage', 'mary')).status).toBe(200);
    expect((await house.get('/hub/admin/profiles', 'mary')).status).toBe(200);
  });

  it('the API tells of the servers that the caller may read, and of the machine to administrators only', async () => {
    house.usage.follow(new Map([['alice/', 'a']]));
    house.usage.record({ containerId: 'a', at: 1, used: 1, memory: 5 });
    const share = { total: 1, used: 1, servers: 1, committed: 1, unlimited: 0, guaranteed: 0 };
    house.usage.recordMachine({
      at: 1,
      memory: share,
      cores: share,
      gpus: { total: 0, leased: 0 },
      running: 1,
    });
    const asked = async (who: string) =>
      (await house.call('GET', '/hub/api/berth/usage', { token: await house.token(who) })).json;
    expect(await asked('mary')).toMatchObject({
      servers: [{ user: 'alice', memory: 5 }],
      machine: { running: 1 },
    });
    expect(await asked('bob')).toEqual({ every: 15, servers: [] });
    const token = await house.token('alice');
    const own = await house.call('GET', '/hub/api/berth/users/alice/server/usage', { token });
    expect(own.json).toMatchObject({ span: '1h' });
    const bad = await house.call('GET', '/hub/api/berth/users/alice/server/usage?span=7d', { token });
    expect(bad.status).toBe(400);
    expect((await house.call('GET', '/hub/api/berth/users/bob/server/usage', { token })).status).toBe(404);
    const metrics = await house.hub.metrics.read();
    expect(metrics.text).toContain('berth_server_memory_bytes{user="alice",server=""} 5');
  });
});
