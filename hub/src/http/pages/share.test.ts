import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';

const SHARING = { name: 'sharing', description: '', groups: [], services: [], users: ['ana'] };
const DAY = 24 * 3600_000;

let house: PagesHouse;
beforeEach(async () => {
  const scopes = ['shares!user', 'read:users:name', 'read:groups:name'];
  house = await openPagesHouse({ roles: [{ ...SHARING, scopes }] });
  for (const name of ['ana', 'ben', 'cho']) await house.addUser(name);
  await house.addUser('mary', { admin: true });
  await house.hub.changeGroups.create({ names: ['class'], users: ['cho'] });
  await house.runServer('ana');
});
afterEach(() => house.close());

const shares = () => [...house.store.shares.values()].map(({ to, expires }) => [to.kind, to.name, expires]);
const text = async (path: string, who: string) => (await house.get(path, who)).text;

test('people, a group and everyone are shared with in one form, with an end, and stand in the list', async () => {
  const form = { names: 'ben\n Cho ', group: 'class', everyone: 'yes', ends: '86400' };
  const { status, location } = await house.post('/hub/share/ana', 'ana', form);
  expect([status, location]).toEqual([303, '/hub/share/ana?done=shared']);
  const end = expect.closeTo(house.hub.clock.now() + DAY, -5);
  expect(shares()).toEqual([
    ['user', 'ben', end],
    ['user', 'cho', end],
    ['group', 'class', end],
    ['everyone', '', end],
  ]);
  const page = await text('/hub/share/ana?done=shared', 'ana');
  expect(page).toContain('It is shared.');
  expect(page).toContain('run code in it as its owner');
  expect(page.match(/<li class="row">/g)).toHaveLength(4);
});

test.each([
  ['a name that is nobody’s', { names: 'ben nobody' }, 'There is nobody here called nobody'],
  ['a group that is none', { group: 'nix' }, 'There is no such group'],
  ['nobody at all', { names: '  ' }, 'Nobody was named'],
  ['the owner', { names: 'ana' }, 'The owner needs no share'],
  ['a last day that was', { names: 'ben', ends: 'date', date: '2020-01-01' }, 'The last day should be today'],
  [
    'a last day that is none',
    { names: 'ben', ends: 'date', date: '2026-99-99' },
    'The last day should be today',
  ],
  ['a crowd', { names: Array.from({ length: 101 }, (_, n) => `u${n}`).join(' ') }, 'At most 100 people'],
])('%s is refused with a sentence, keeps what was typed, and shares nothing', async (_, form, sentence) => {
  const { status, text: page } = await house.post('/hub/share/ana', 'ana', form);
  expect(status).toBe(400);
  expect(page).toContain(sentence);
  if ('names' in form) expect(page).toContain(`>${form.names}</textarea>`);
  expect(shares()).toEqual([]);
});

test('a last day lasts until its end', async () => {
  const day = new Date(house.hub.clock.now() + 2 * DAY).toISOString().slice(0, 10);
  await house.post('/hub/share/ana', 'ana', { names: 'ben', ends: 'date', date: day });
  expect(shares()).toEqual([['user', 'ben', Date.parse(`${day}T00:00:00Z`) + DAY]]);
});

test('who may not share sees no button and no page, whoever’s server it is; an administrator does', async () => {
  await house.runServer('ben');
  expect(await text('/hub/home', 'ben')).not.toContain('/hub/share/');
  expect(await text('/hub/home', 'ana')).toContain('href="/hub/share/ana"');
  for (const [who, path] of [
    ['ben', '/hub/share/ben'],
    ['ben', '/hub/share/ana'],
    ['ana', '/hub/share/ben'],
  ] as const) {
    expect((await house.get(path, who)).status).toBe(404);
    for (const door of ['share', 'unshare', 'share-link', 'unlink']) {
      const address = path.replace('share', door);
      expect((await house.post(address, who, { names: 'cho', everyone: 'yes' })).status).toBe(404);
    }
  }
  expect(shares()).toEqual([]);
  expect((await house.get('/hub/share/ana', 'mary')).status).toBe(200);
});

test('without the form’s own word nothing is shared and nothing taken back', async () => {
  const stranger = { _xsrf: 'guessed', names: 'ben' };
  expect((await house.post('/hub/share/ana', 'ana', stranger)).status).toBe(403);
  expect(shares()).toEqual([]);
  await house.post('/hub/share/ana', 'ana', { names: 'ben', ends: 'never' });
  expect((await house.post('/hub/unshare/ana?to=user%2Fben', 'ana', stranger)).status).toBe(403);
  expect((await house.post('/hub/leave-share/ana', 'ben', stranger)).status).toBe(403);
  expect(shares()).toEqual([['user', 'ben', null]]);
});

test('taking back asks first, says what is lost, and does it for one only', async () => {
  await house.post('/hub/share/ana', 'ana', { names: 'ben cho', ends: 'never' });
  const page = await text('/hub/share/ana', 'ana');
  expect(page).toContain('They are out within seconds');
  expect(page).toContain('action="/hub/unshare/ana?to=user%2Fben"');
  await house.post('/hub/unshare/ana?to=user%2Fben', 'ana');
  expect(shares()).toEqual([['user', 'cho', null]]);
});

describe('what others share', () => {
  test('stands on the home page, with whether it runs, and is given back by whom it was given to', async () => {
    await house.post('/hub/share/ana', 'ana', { names: 'ben', ends: '3600' });
    const page = await text('/hub/home', 'ben');
    expect(page).toContain('Shared with me');
    expect(page).toContain('href="/user/ana/"');
    await house.hub.stopServer({ user: 'ana', server: '', why: 'user', detail: '' });
    expect(await text('/hub/home', 'ben')).toContain('Only ana can start it.');
    await house.post('/hub/leave-share/ana', 'ben');
    expect(await text('/hub/home', 'ben')).not.toContain('Shared with me');
  });

  test('through a group or with everyone cannot be given back, and is gone when it ends', async () => {
    await house.post('/hub/share/ana', 'ana', { group: 'class', ends: '3600' });
    expect(await text('/hub/home', 'cho')).toContain('Shared with me');
    expect(await text('/hub/home', 'cho')).not.toContain('/hub/leave-share/');
    house.pass(3_601_000);
    expect(await text('/hub/home', 'cho')).not.toContain('Shared with me');
  });

  test('a guest who comes to a server that does not run is told whose it is, and cannot start it', async () => {
    await house.post('/hub/share/ana', 'ana', { names: 'ben', ends: 'never' });
    await house.hub.stopServer({ user: 'ana', server: '', why: 'user', detail: '' });
    const { status, text: page } = await house.get('/hub/user/ana/lab', 'ben');
    expect(status).toBe(424);
    expect(page).toContain('Only ana can start it.');
    expect(page).not.toContain('action="/hub/spawn/ana"');
    expect((await house.post('/hub/spawn/ana', 'ben')).status).toBe(404);
  });
});

describe('a link', () => {
  async function make(): Promise<string> {
    const { text: page } = await house.post('/hub/share-link/ana', 'ana', {
      'link-ends': '3600',
      'access-ends': '86400',
    });
    return /accept-share\?code=([\w-]+)/.exec(page)?.[1] ?? '';
  }

  test('is shown once, asks before it gives, and leads into the server', async () => {
    const code = await make();
    expect(await text('/hub/share/ana', 'ana')).not.toContain(code);
    const asked = await house.get(`/hub/accept-share?code=${code}`, 'ben');
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('ana shares a server with you');
    expect(asked.headers['referrer-policy']).toBe('no-referrer');
    expect(shares()).toEqual([]);
    const { status, location } = await house.post('/hub/accept-share', 'ben', { code });
    expect([status, location]).toEqual([302, '/user/ana/']);
    expect(shares()).toEqual([['user', 'ben', expect.closeTo(house.hub.clock.now() + DAY, -5)]]);
  });

  test('sends who is not signed in to sign in first, and back', async () => {
    const { status, location } = await house.get(`/hub/accept-share?code=${await make()}`);
    expect(status).toBe(302);
    expect(location).toMatch(/^\/hub\/login\?next=%2Fhub%2Faccept-share%3Fcode%3D/);
  });

  test('is 404 when it is none, 403 for its owner, and leads nowhere outside the hub', async () => {
    const code = await make();
    expect((await house.get('/hub/accept-share?code=nix', 'ben')).status).toBe(404);
    expect((await house.get('/hub/accept-share', 'ben')).status).toBe(404);
    expect((await house.get(`/hub/accept-share?code=${code}`, 'ana')).status).toBe(403);
    expect((await house.post('/hub/accept-share', 'ana', { code })).status).toBe(403);
    expect((await house.post('/hub/accept-share', 'ben', { code: 'nix' })).status).toBe(404);
    expect((await house.post('/hub/accept-share', 'ben', { code, _xsrf: '' })).status).toBe(403);
    expect(shares()).toEqual([]);
    const next = encodeURIComponent('https://elsewhere.example/"><script>');
    const page = await house.get(`/hub/accept-share?code=${code}&next=${next}`, 'ben');
    expect(page.text).toContain('action="/hub/accept-share"');
    expect(page.text).not.toContain('"><script>');
    const { location } = await house.post(`/hub/accept-share?next=${next}`, 'ben', { code });
    expect(location).toBe('/user/ana/');
  });

  test('that is taken back opens nothing, and is not in the list', async () => {
    const code = await make();
    const id = [...house.store.shareCodes.values()][0]?.id;
    await house.post(`/hub/unlink/ana?id=${id}`, 'ana');
    expect((await house.post('/hub/accept-share', 'ben', { code })).status).toBe(404);
    expect(await text('/hub/share/ana', 'ana')).not.toContain('Links that still work');
  });
});

test('who shared what with whom, and who took it up, stands in the audit log', async () => {
  await house.post('/hub/share/ana', 'ana', { names: 'ben', ends: 'never' });
  await house.post('/hub/unshare/ana?to=user%2Fben', 'ana');
  const { text: page } = await house.get('/hub/admin/audit?who=ana', 'mary');
  expect(page).toContain('share the server ana/ with user ben');
  expect(page).toContain('take the server ana/ back from user ben');
});
