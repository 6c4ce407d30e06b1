import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';
import { newServer, serverKey } from '../../domain/server.ts';

let house: PagesHouse;

beforeEach(async () => {
  house = await openPagesHouse({ spawn: 'slow' });
  for (const name of ['alice', 'bob']) await house.addUser(name);
  await house.addUser('mary', { admin: true });
});

afterEach(() => house.close());

/** Names in the order of the rows. */
const names = (html: string) =>
  [...html.matchAll(/<bdi class="person-name">([^<]*)</g)].map((match) => match[1]);

describe('the list', () => {
  it('is for those who hold admin-ui', async () => {
    expect((await house.get('/hub/admin', 'alice')).status).toBe(403);
    const { status, text } = await house.get('/hub/admin', 'mary');
    expect(status).toBe(200);
    expect(names(text)).toEqual(['alice', 'bob', 'mary']);
  });

  it('starts, opens and stops other people’s servers and comes back to where it was', async () => {
    await house.runServer('bob');
    const { text } = await house.get('/hub/admin?q=b', 'mary');
    expect(names(text)).toEqual(['bob']);
    expect(text).toContain('href="/user/bob/"');
    expect(text).toContain('action="/hub/stop/bob"');
    expect(text).toContain('name="back" value="/hub/admin?q=b"');
  });

  it('finds, filters and orders by its address alone', async () => {
    await house.runServer('bob');
    await house.store.change((drafts) => drafts.servers.put({ ...newServer('alice'), state: 'failed' }));
    const list = async (query: string) => names((await house.get(`/hub/admin?${query}`, 'mary')).text);
    expect(await list('q=AR')).toEqual(['mary']);
    expect(await list('show=running')).toEqual(['bob']);
    expect(await list('show=failed')).toEqual(['alice']);
    expect(await list('show=admins')).toEqual(['mary']);
    expect(await list('sort=name&order=desc')).toEqual(['mary', 'bob', 'alice']);
    expect(await list('sort=server')).toEqual(['alice', 'bob', 'mary']);
    expect(await list('sort=__proto__&order=sideways&page=-1&show=x')).toEqual(['alice', 'bob', 'mary']);
    expect(await list('page=7')).toEqual([]);
  });

  it('says which order it is in', async () => {
    const { text } = await house.get('/hub/admin?sort=activity&order=desc', 'mary');
    expect(text.match(/aria-sort="[a-z]+"/g)).toEqual(['aria-sort="descending"']);
  });

  it('of 5,000 people answers in under 100 ms', async () => {
    await house.store.change((drafts) => {
      for (let n = 0; n < 5000; n += 1) {
        const name = `student-${String(n).padStart(4, '0')}`;
        drafts.users.put({
          name,
          admin: false,
          groups: [],
          created: n,
          lastActivity: n,
          identities: {},
          invited: true,
        });
        if (n % 16 === 0) drafts.servers.put({ ...newServer(name), state: 'ready' });
      }
    });
    await house.get('/hub/admin', 'mary');
    const session = await house.signIn('mary');
    const times: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const begin = performance.now();
      const { text } = await house.get('/hub/admin?sort=server&q=student', null, { cookie: session.cookie });
      times.push(performance.now() - begin);
      expect(names(text)).toHaveLength(50);
      expect(text).toContain('1–50 of 5000');
    }
    expect(Math.min(...times)).toBeLessThan(100);
  });
});

describe('adding people', () => {
  it('makes accounts, one a line, in normal form', async () => {
    const reply = await house.post('/hub/admin/add', 'mary', { names: ' Zoe\r\nyan, xu\n\nzoe' });
    expect([reply.status, reply.location]).toEqual([303, '/hub/admin?added=zoe%2Cyan%2Cxu']);
    for (const name of ['zoe', 'yan', 'xu']) expect(house.store.users.get(name)?.admin).toBe(false);
    expect((await house.get('/hub/admin?added=zoe%2Cnobody', 'mary')).text).toContain('Added: zoe.');
  });

  it('tells a class whole, of a thousand people the first ones', async () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `pupil-${count}-${index}`);
    for (const [count, end] of [
      [30, 'pupil-30-29.'],
      [1000, ', ….'],
    ] as const) {
      const form = { names: names(count).join('\n') };
      const { location } = await house.post('/hub/admin/add', 'mary', form);
      expect((await house.get(location ?? '', 'mary')).text).toContain(end);
    }
  });

  it('makes administrators only when asked', async () => {
    await house.post('/hub/admin/add', 'mary', { names: 'zoe', admin: 'yes' });
    expect(house.store.users.get('zoe')?.admin).toBe(true);
  });

  it.each(['Ünal', '../x', 'a/b', '<img src=x>', '   ', 'alice'])(
    '%j adds nobody and keeps what was typed',
    async (bad) => {
      const before = house.store.users.size;
      const reply = await house.post('/hub/admin/add', 'mary', {
        names: `${bad}\n${bad === 'alice' || bad.trim() === '' ? '' : 'zoe'}`,
      });
      expect(reply.status).toBe(400);
      expect(reply.text).toContain('Nothing was added'.slice(1));
      expect(reply.text).not.toContain('<img src=x>');
      expect(house.store.users.size).toBe(before);
    },
  );

  it('is refused to others', async () => {
    expect((await house.post('/hub/admin/add', 'alice', { names: 'zoe' })).status).toBe(403);
    expect(house.store.users.get('zoe')).toBeUndefined();
  });
});

describe('removing somebody', () => {
  it('first says what is lost and what is kept', async () => {
    await house.runServer('bob');
    const { status, text } = await house.get('/hub/admin/remove/bob', 'mary');
    expect(status).toBe(200);
    expect(text).toContain('Their running server stops');
    expect(text).toContain('Their files are kept');
    expect(house.store.users.get('bob')).toBeDefined();
  });

  it('then stops their server and removes the account', async () => {
    await house.runServer('bob');
    const reply = await house.post('/hub/admin/remove/bob', 'mary');
    expect([reply.status, reply.location]).toEqual([303, '/hub/admin?removed=bob']);
    expect(house.store.users.get('bob')).toBeUndefined();
    expect(house.store.servers.get(serverKey('bob', ''))?.state ?? 'stopped').toBe('stopped');
    expect((await house.get('/hub/admin?removed=bob', 'mary')).text).toContain('bob was removed');
  });

  it.each([
    ['alice', 'bob', 403],
    ['mary', 'nobody', 404],
    ['mary', 'mary', 400],
    ['mary', '..%2Fbob', 404],
  ])('as %s of %s is refused', async (who, whom, status) => {
    const before = house.store.users.size;
    expect((await house.post(`/hub/admin/remove/${whom}`, who)).status).toBe(status);
    expect((await house.get(`/hub/admin/remove/${whom}`, who)).status).toBe(status);
    expect(house.store.users.size).toBe(before);
  });

  it('of whom nobody removed is not claimed', async () => {
    expect((await house.get('/hub/admin?removed=bob', 'mary')).text).not.toContain('was removed');
  });
});
