import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ContractHub, openContractHub } from '../../../test/support/contract-hub.ts';

const BY = { owner: 'alice', server: '', by: 'alice', address: '' };
const BOB = { kind: 'user', name: 'bob' } as const;
const CLIENT = 'jupyterhub-user-alice';

let house: ContractHub;

beforeEach(async () => {
  house = await openContractHub();
  await house.addUser('alice');
  await house.addUser('bob', { groups: ['class'] });
  await house.hub.changeGroups.create({ names: ['class'], users: [] });
  await house.runServer('alice');
});
afterEach(() => house.close());

/** A token as the notebook keeps it of a visitor. */
async function visit(name: string): Promise<string> {
  const { session } = await house.signIn(name);
  await house.store.change((drafts) =>
    drafts.tokens.put({
      hash: `visit of ${name}`,
      id: `a-${name}`,
      user: name,
      note: '',
      scopes: ['access:servers!server=alice/'],
      created: 1,
      lastActivity: null,
      expires: null,
      sessionId: session.sharedId,
      clientId: CLIENT,
      server: null,
    }),
  );
  return `visit of ${name}`;
}

test('taking a share back ends the visitor’s tokens for that server, and only those', async () => {
  await house.hub.shares.grant({ ...BY, to: BOB, scopes: null });
  const token = await visit('bob');
  const own = await visit('alice');
  await house.token('bob');
  await house.hub.shares.revoke({ ...BY, to: BOB, scopes: null });
  expect(house.store.tokens.get(token)).toBeUndefined();
  expect(house.store.tokens.get(own)).toBeDefined();
  expect(house.store.tokens.where('user', 'bob')).toHaveLength(1);
  expect(house.shownOut).toMatchObject([{ owner: 'alice', server: '', user: 'bob' }]);
});

test('who came with an API token only is barred as well, whether named, in the group or everyone', async () => {
  const token = await house.token('bob');
  await house.call('GET', '/hub/api/user', { token });
  for (const to of [BOB, { kind: 'group', name: 'class' }, { kind: 'everyone', name: '' }] as const) {
    await house.hub.shares.grant({ ...BY, to, scopes: null });
    await house.hub.shares.revoke({ ...BY, to, scopes: null });
  }
  expect(house.shownOut.map(({ user }) => user)).toEqual(['bob', 'bob', 'bob']);
});

test('who has it another way too stays', async () => {
  await house.hub.shares.grant({ ...BY, to: BOB, scopes: null });
  await house.hub.shares.grant({ ...BY, to: { kind: 'group', name: 'class' }, scopes: null });
  const token = await visit('bob');
  await house.hub.shares.revoke({ ...BY, to: BOB, scopes: null });
  expect(house.store.tokens.get(token)).toBeDefined();
  expect(house.shownOut).toEqual([]);
});

test('the end of a share, a group that was left, a right that is gone: each shows out', async () => {
  const ends: readonly (() => unknown)[] = [
    () => house.pass(61_000),
    () => house.hub.changeGroups.members({ group: 'class', leave: ['bob'] }),
    () => house.hub.removeUser('bob'),
  ];
  for (const [at, end] of ends.entries()) {
    const to = at === 1 ? ({ kind: 'group', name: 'class' } as const) : BOB;
    const expires = at === 0 ? house.hub.clock.now() + 60_000 : null;
    await house.hub.shares.grant({ ...BY, to, scopes: null, expires });
    const token = await visit('bob');
    await end();
    await house.hub.showOut();
    expect(house.store.tokens.get(token), `${at}`).toBeUndefined();
  }
});

test('an administrator who is none any more is out, like everybody', async () => {
  await house.addUser('mary', { admin: true });
  const token = await visit('mary');
  await house.hub.showOut();
  expect(house.store.tokens.get(token)).toBeDefined();
  await house.hub.changeUser({ name: 'mary', newName: null, admin: false });
  await house.hub.showOut();
  expect(house.store.tokens.get(token)).toBeUndefined();
});
