import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wordOf } from '../../../../test/support/contract-call.ts';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';

const ACCESS = 'access:servers!server=alice/';
const SHARING = { description: '', groups: [], services: [], name: 'sharing', users: ['alice'] };

let house: ContractHub;
let alice: string;
let bob: string;

beforeEach(async () => {
  const scopes = ['shares!user', 'read:users:name', 'read:groups:name'];
  house = await openContractHub({ roles: [{ ...SHARING, scopes }], namedServers: 0 });
  await house.addUser('alice');
  await house.addUser('bob', { groups: ['class'] });
  await house.addUser('eve');
  await house.hub.changeGroups.create({ names: ['class'], users: [] });
  await house.runServer('alice');
  alice = await house.token('alice');
  bob = await house.token('bob');
});
afterEach(() => house.close());

const share = (body: unknown, token = alice) => house.call('POST', '/hub/api/shares/alice/', { token, body });
const scopesOf = async (token: string) =>
  (await house.call('GET', '/hub/api/user', { token })).json as { scopes: readonly string[] };
const mayOpen = async (token: string) => (await scopesOf(token)).scopes.includes(ACCESS);

describe('a share', () => {
  test.each([
    ['a person', { user: 'bob' }],
    ['a group', { group: 'class' }],
    ['everyone', { everyone: true }],
  ])('with %s opens the server to them at once, and not any more once it is taken back', async (_, to) => {
    expect(await mayOpen(bob)).toBe(false);
    expect((await share(to)).status).toBe(200);
    expect(await mayOpen(bob)).toBe(true);
    expect((await house.call('PATCH', '/hub/api/shares/alice/', { token: alice, body: to })).json).toEqual(
      {},
    );
    expect(await mayOpen(bob)).toBe(false);
  });

  test('gives entry, and neither start nor stop, nor a look at the account', async () => {
    await share({ user: 'bob' });
    for (const [method, path] of [
      ['POST', '/hub/api/users/alice/server'],
      ['DELETE', '/hub/api/users/alice/server'],
      ['GET', '/hub/api/users/alice'],
      ['GET', '/hub/api/shares/alice/'],
      ['POST', '/hub/api/users/alice/tokens'],
    ] as const) {
      expect((await house.call(method, path, { token: bob })).status).toBeGreaterThanOrEqual(403);
    }
    expect(house.store.servers.get('alice/')?.state).toBe('ready');
  });

  test('is of one server: alice’s others stay shut', async () => {
    await house.runServer('alice', 'gpu');
    await house.call('POST', '/hub/api/shares/alice/gpu', { token: alice, body: { user: 'bob' } });
    const { scopes } = await scopesOf(bob);
    expect(scopes.filter((scope) => scope.startsWith('access:servers'))).toEqual([
      'access:servers!server=alice/gpu',
      'access:servers!user=bob',
    ]);
  });

  test('ends by itself: its scope is gone at that moment, whenever the record goes', async () => {
    const answer = await share({ user: 'bob', expires_in: 60 });
    expect(answer.json).toMatchObject({ kind: 'user', expires_at: expect.stringMatching(/Z$/) });
    house.pass(59_000);
    expect(await mayOpen(bob)).toBe(true);
    house.pass(1_500);
    expect(await mayOpen(bob)).toBe(false);
    expect(house.store.shares.size).toBe(1);
    const list = await house.call('GET', '/hub/api/shares/alice/', { token: alice });
    expect(list.json).toMatchObject({ items: [] });
    await house.hub.showOut();
    expect(house.store.shares.size).toBe(0);
  });

  test('without an end looks as JupyterHub’s does, letter by letter', async () => {
    expect(Object.keys((await share({ user: 'bob' })).json as object).sort()).toEqual(
      ['created_at', 'group', 'kind', 'scopes', 'server', 'user'].sort(),
    );
  });

  test('given again keeps its end unless another is told', async () => {
    await share({ user: 'bob', expires_in: 600 });
    const end = () => house.store.shares.get('alice//user/bob')?.expires;
    const first = end();
    await share({ user: 'bob' });
    expect(end()).toBe(first);
    await share({ user: 'bob', expires_in: null });
    expect(end()).toBe(null);
  });

  test.each([
    [{ user: 'bob', expires_in: 59 }],
    [{ user: 'bob', expires_in: 1.5 }],
    [{ user: 'bob', expires_in: 4e9 }],
    [{ user: 'bob', everyone: true }],
    [{ everyone: false }],
    [{ user: '__proto__' }],
    [{ user: 'bob', scopes: ['access:servers!user=bob'] }],
    [{ user: 'bob', scopes: ['access:servers!server=alice'] }],
    [[{ user: 'bob' }]],
  ])('that is not well formed is a 400 and gives nothing: %j', async (body) => {
    expect((await share(body)).status).toBe(400);
    expect(house.store.shares.size).toBe(0);
  });

  test('never gives what its giver does not hold', async () => {
    const answer = await share({ user: 'bob', scopes: ['admin:users'] });
    expect(answer.status).toBe(403);
    expect(await mayOpen(bob)).toBe(false);
  });

  test('is not for everybody to give: without the role the owner may look and no more', async () => {
    const eve = await house.token('eve');
    await house.runServer('eve');
    const path = '/hub/api/shares/eve/';
    expect((await house.call('POST', path, { token: eve, body: { user: 'bob' } })).status).toBe(403);
    expect((await house.call('POST', '/hub/api/share-codes/eve/', { token: eve, body: {} })).status).toBe(
      403,
    );
    expect((await house.call('GET', path, { token: eve })).status).toBe(200);
    expect((await share({ user: 'eve' }, eve)).status).toBe(403);
    expect(house.store.shares.size).toBe(0);
  });
});

describe('what is shared goes with those whom it is about', () => {
  test('renaming the owner keeps the share, under the new name', async () => {
    await share({ user: 'bob' });
    await house.hub.stopServer({ user: 'alice', server: '', why: 'user', detail: '' });
    await house.hub.changeUser({ name: 'alice', newName: 'alicia', admin: null });
    const { scopes } = await scopesOf(bob);
    expect(scopes).toContain('access:servers!server=alicia/');
    expect(scopes).not.toContain(ACCESS);
  });

  test('renaming a visitor keeps what they have', async () => {
    await share({ user: 'bob' });
    await house.hub.changeUser({ name: 'bob', newName: 'robert', admin: null });
    expect(await mayOpen(await house.token('robert'))).toBe(true);
    await house.addUser('bob');
    expect(await mayOpen(await house.token('bob'))).toBe(false);
  });

  test.each([
    ['the visitor', () => house.hub.removeUser('bob')],
    ['the owner', () => house.hub.removeUser('alice')],
    ['the group', () => house.hub.changeGroups.remove('class')],
  ])('removing %s leaves nothing to whoever has the name next', async (_, remove) => {
    await share({ user: 'bob' });
    await share({ group: 'class' });
    await house.call('POST', '/hub/api/share-codes/alice/', { token: alice, body: {} });
    await remove();
    if (house.store.users.get('bob') === undefined) {
      await house.addUser('bob');
      expect(await mayOpen(await house.token('bob'))).toBe(false);
    } else if (house.store.users.get('alice') === undefined) {
      await house.addUser('alice');
      expect([house.store.shares.size, house.store.shareCodes.size]).toEqual([0, 0]);
    } else {
      await house.hub.changeGroups.create({ names: ['class'], users: ['eve'] });
      expect(await mayOpen(await house.token('eve'))).toBe(false);
    }
  });

  test('removing a named server takes its shares and links along', async () => {
    await house.runServer('alice', 'gpu');
    await house.call('POST', '/hub/api/shares/alice/gpu', { token: alice, body: { user: 'bob' } });
    await house.call('POST', '/hub/api/share-codes/alice/gpu', { token: alice, body: {} });
    await house.call('DELETE', '/hub/api/users/alice/servers/gpu', { token: alice, body: { remove: true } });
    expect([house.store.shares.size, house.store.shareCodes.size]).toEqual([0, 0]);
  });

  test('who leaves the group is out', async () => {
    await share({ group: 'class' });
    expect(await mayOpen(bob)).toBe(true);
    await house.hub.changeGroups.members({ group: 'class', leave: ['bob'] });
    expect(await mayOpen(bob)).toBe(false);
  });
});

describe('a link', () => {
  const make = async (body: unknown = {}) =>
    wordOf(await house.call('POST', '/hub/api/share-codes/alice/', { token: alice, body }), 'code');

  test('lets in whoever takes it up, as often as it works, and is kept as a hash only', async () => {
    const word = await make();
    await house.hub.shares.exchange(word, 'bob', '');
    await house.hub.shares.exchange(word, 'eve', '');
    expect(await mayOpen(bob)).toBe(true);
    const [code] = [...house.store.shareCodes.values()];
    expect(code?.exchangeCount).toBe(2);
    expect(JSON.stringify(code)).not.toContain(word);
  });

  test('shortens nothing that somebody has already', async () => {
    await share({ user: 'bob' });
    await house.hub.shares.exchange(await make({ share_expires_in: 60 }), 'bob', '');
    expect(house.store.shares.get('alice//user/bob')?.expires).toBe(null);
  });

  test('gives what it was made for, to the end it was made with', async () => {
    await house.hub.shares.exchange(await make({ share_expires_in: 60 }), 'bob', '');
    expect(await mayOpen(bob)).toBe(true);
    house.pass(61_000);
    expect(await mayOpen(bob)).toBe(false);
  });

  test('that has ended, was taken back, or is its owner’s own gives nothing', async () => {
    const old = await make({ expires_in: 60 });
    const gone = await make();
    await house.call('DELETE', `/hub/api/share-codes/alice/?code=${gone}`, { token: alice });
    house.pass(61_000);
    for (const word of [old, gone, 'nonsense', '']) {
      await expect(house.hub.shares.exchange(word, 'bob', '')).rejects.toMatchObject({ code: 'SHARE-002' });
    }
    await expect(house.hub.shares.exchange(await make(), 'alice', '')).rejects.toThrow();
    expect(house.store.shares.size).toBe(0);
  });

  test('taken back while it is taken up gives a share or none, and works no more', async () => {
    const word = await make();
    const [taken] = await Promise.allSettled([
      house.hub.shares.exchange(word, 'bob', ''),
      house.call('DELETE', '/hub/api/share-codes/alice/', { token: alice }),
    ]);
    expect(await mayOpen(bob)).toBe(taken.status === 'fulfilled');
    await expect(house.hub.shares.exchange(word, 'eve', '')).rejects.toMatchObject({ code: 'SHARE-002' });
  });
});

describe('races', () => {
  test('a share of an account that goes at the same time leaves nothing behind', async () => {
    await Promise.allSettled([share({ user: 'eve' }), house.hub.removeUser('eve'), share({ user: 'eve' })]);
    expect([...house.store.shares.values()]).toEqual([]);
  });

  test('the same share from many sides is one share', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => share({ user: 'bob' })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(house.store.shares.size).toBe(1);
  });

  test('no more than 1000 shares of a server are kept, and 100 links to it', async () => {
    const users = Array.from({ length: 1001 }, (_, n) => `u${n}`);
    await house.hub.createUsers({ names: users, admin: false });
    const by = { owner: 'alice', server: '', by: 'alice', address: '' };
    const given = await Promise.allSettled(
      users.map((name) => house.hub.shares.grant({ ...by, to: { kind: 'user', name }, scopes: null })),
    );
    expect(given.filter(({ status }) => status === 'fulfilled')).toHaveLength(1000);
    const made = await Promise.all(
      Array.from({ length: 101 }, () =>
        house.call('POST', '/hub/api/share-codes/alice/', { token: alice, body: {} }),
      ),
    );
    expect(made.filter(({ status }) => status === 400)).toHaveLength(1);
  });
});
