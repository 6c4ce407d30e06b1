import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';

let house: PagesHouse;
const page = '/hub/admin/groups';

beforeEach(async () => {
  house = await openPagesHouse({
    roles: [
      {
        name: 'tutors',
        description: 'For tutors of biology',
        scopes: ['admin-ui', 'groups!group=biology'],
        users: ['tom'],
        groups: [],
        services: [],
      },
    ],
  });
  for (const name of ['alice', 'bob', 'tom']) await house.addUser(name);
  await house.addUser('mary', { admin: true });
  await house.hub.changeGroups.create({ names: ['biology', 'physics'], users: ['alice'] });
});

afterEach(() => house.close());

const members = (group: string) => house.store.users.where('group', group).map(({ name }) => name);

describe('groups', () => {
  it('a pasted list says of each name what came of it', async () => {
    const reply = await house.post(`${page}/biology/add`, 'mary', { names: 'bob\nalice, Ghost\nÜ!' });
    expect(reply.status).toBe(200);
    expect(members('biology').toSorted()).toEqual(['alice', 'bob']);
    const told =
      /<h2>What came of it<\/h2>.*?<\/section>/s.exec(reply.text)?.[0].replace(/<[^>]+>/g, ' ') ?? '';
    for (const words of [
      /bob\s+added/,
      /alice\s+was in already/,
      /ghost\s+has no account/,
      /Ü!\s+cannot be/,
    ]) {
      expect(told).toMatch(words);
    }
  });

  it('are made with a good name, left by one, and removed with a word about what is lost', async () => {
    expect((await house.post(page, 'mary', { name: 'chemistry' })).location).toBe(`${page}/chemistry?made`);
    expect((await house.post(page, 'mary', { name: 'chemistry' })).status).toBe(400);
    expect((await house.post(page, 'mary', { name: '../x' })).status).toBe(400);
    expect((await house.post(`${page}/biology/take-out/alice`, 'mary')).location).toBe(
      `${page}/biology?out=alice`,
    );
    expect(members('biology')).toEqual([]);
    expect((await house.get(`${page}/physics`, 'mary')).text).toContain('Its 1 member loses');
    expect((await house.post(`${page}/physics/remove`, 'mary')).status).toBe(303);
    expect(house.store.groups.get('physics')).toBeUndefined();
    expect(house.store.users.get('alice')?.groups).toEqual([]);
  });

  it('who may manage one group sees and changes that one only', async () => {
    const { text } = await house.get(page, 'tom');
    expect(text).toContain('biology');
    expect(text).not.toContain('physics');
    expect(text).not.toContain('Make the group');
    expect((await house.post(`${page}/biology/add`, 'tom', { names: 'bob' })).status).toBe(200);
    expect((await house.post(`${page}/physics/add`, 'tom', { names: 'bob' })).status).toBe(404);
    expect((await house.post(`${page}/biology/remove`, 'tom')).status).toBe(403);
    expect((await house.post(page, 'tom', { name: 'mine' })).status).toBe(403);
    expect(members('physics')).toEqual(['alice']);
  });

  it('everybody else is refused', async () => {
    expect((await house.get(page, 'alice')).status).toBe(403);
    expect((await house.get(`${page}/biology`, 'alice')).status).toBe(403);
    for (const [path, form] of [
      [page, { name: 'x1' }],
      [`${page}/biology/add`, { names: 'bob' }],
      [`${page}/biology/take-out/alice`, {}],
      [`${page}/biology/remove`, {}],
    ] as const) {
      expect((await house.post(path, 'alice', form)).status, path).toBe(403);
    }
    expect(members('biology')).toEqual(['alice']);
  });
});

it('groups of the provider are shown and not edited', async () => {
  await house.close();
  house = await openPagesHouse({ managedGroups: true });
  await house.addUser('mary', { admin: true, groups: ['biology'] });
  await house.hub.changeGroups.create({ names: ['biology'], users: ['mary'] });
  const { text } = await house.get(`${page}/biology`, 'mary');
  expect(text).toContain('come from the sign-in provider');
  expect(text).not.toContain('/take-out/');
  expect((await house.post(`${page}/biology/remove`, 'mary')).status).toBe(403);
  expect((await house.post(page, 'mary', { name: 'x1' })).status).toBe(403);
});

describe('open invitations', () => {
  const list = '/hub/admin/invitations';
  beforeEach(() =>
    house.store.change((drafts) =>
      drafts.invitations.put({ hash: 'secret-hash', user: 'bob', admin: false, created: 1, expires: 2 }),
    ),
  );

  it('are listed without their key, and revoked', async () => {
    const { text } = await house.get(list, 'mary');
    expect(text).toContain('bob');
    expect(text).toContain('too old to be used');
    expect(text).not.toContain('secret-hash');
    const action = /action="([^"]*\/revoke\/[0-9a-f]{16})"/.exec(text)?.[1] ?? '';
    expect((await house.post(action, 'mary')).location).toBe(`${list}?revoked`);
    expect(house.store.invitations.size).toBe(0);
  });

  it('are nobody else’s', async () => {
    const { text } = await house.get(list, 'mary');
    const action = /action="([^"]*\/revoke\/[0-9a-f]{16})"/.exec(text)?.[1] ?? '';
    for (const who of ['alice', 'tom']) {
      expect((await house.get(list, who)).status).toBe(403);
      expect((await house.post(action, who)).status).toBe(403);
    }
    expect(house.store.invitations.size).toBe(1);
  });
});

it('services and roles are told to administrators, in words', async () => {
  const { text } = await house.get('/hub/admin/services', 'mary');
  expect(text).toContain('For tutors of biology');
  expect(text).toContain('Read groups and change their members');
  expect((await house.get('/hub/admin/services', 'tom')).status).toBe(403);
});
