import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';

let house: PagesHouse;

beforeEach(async () => {
  house = await openPagesHouse({
    roles: [
      {
        name: 'tutors',
        description: '',
        scopes: ['read:users:activity!group=biology', 'custom:grades:read'],
        users: ['bob'],
        groups: [],
        services: [],
      },
    ],
  });
  for (const name of ['alice', 'bob']) await house.addUser(name);
  await house.addUser('mary', { admin: true });
});

afterEach(() => house.close());

const tokensOf = (name: string) => house.store.tokens.where('user', name);
const offered = (html: string) =>
  [...html.matchAll(/name="scopes" value="([^"]+)"/g)].map(([, value = '']) => value);

it('offers what the person may hand on, in words, and nothing else', async () => {
  const own = await house.get('/hub/token', 'alice');
  expect(offered(own.text)).toContain('read:servers!user');
  expect(own.text).toContain('Start and stop servers');
  expect(own.text).toContain('(your own)');
  for (const scope of offered(own.text)) expect(scope).toMatch(/!user$/);
  const tutor = await house.get('/hub/token', 'bob');
  expect(offered(tutor.text)).toEqual(
    expect.arrayContaining(['read:users:activity!group=biology', 'custom:grades:read']),
  );
  expect(tutor.text).toContain('of the group biology');
  expect(offered((await house.get('/hub/token', 'mary')).text)).toContain('admin:users');
});

it('everything that is offered is taken, one by one and together', async () => {
  const { text } = await house.get('/hub/token', 'bob');
  for (const scope of offered(text)) {
    const form = { note: scope, expires: '3600', reach: 'chosen', scopes: scope };
    expect((await house.post('/hub/token', 'bob', form)).status, scope).toBe(200);
  }
  expect(tokensOf('bob')).toHaveLength(offered(text).length);
});

it('a chosen token does what was chosen and no more', async () => {
  const form = { note: 'watch', expires: '3600', reach: 'chosen', scopes: 'read:servers!user' };
  const { text } = await house.post('/hub/token', 'alice', form);
  const word = /<code class="number">([0-9a-f]{32})</.exec(text)?.[1] ?? '';
  expect(tokensOf('alice')[0]?.scopes).toEqual(['read:servers!user']);
  expect((await house.call('GET', '/hub/api/users/alice', { token: word })).status).toBe(200);
  expect((await house.call('POST', '/hub/api/users/alice/server', { token: word })).status).toBe(403);
  expect((await house.get('/hub/token', 'alice')).text).toContain('may do 1 thing');
});

it('more than one’s own, an unknown one and none at all are refused, and what was typed stays', async () => {
  for (const scopes of ['admin:users', 'read:servers!user=bob', 'no:such']) {
    const form = { note: 'grades', expires: '86400', reach: 'chosen', scopes };
    const reply = await house.post('/hub/token', 'alice', form);
    expect([reply.status, reply.text.includes('value="grades"')]).toEqual([400, true]);
    expect(reply.text).toMatch(/<option value="86400" selected/);
  }
  const none = await house.post('/hub/token', 'alice', { note: 'grades', expires: '3600', reach: 'chosen' });
  expect(none.status).toBe(400);
  expect(none.text).toContain('Choose at least one thing');
  expect(tokensOf('alice')).toEqual([]);
});

it('shows the word to be taken along without scripts, with a line to try it', async () => {
  const { text } = await house.post('/hub/token', 'alice', { note: 'grades', expires: '3600' });
  expect(text).toMatch(
    /curl -H &quot;Authorization: token [0-9a-f]{32}&quot; http:\/\/[^ <]+\/hub\/api\/user</,
  );
  expect(text).toMatch(/data-copy="[0-9a-f]{32}"/);
});

it('revoke all ends those that the person made, and leaves servers and others alone', async () => {
  const words = [await house.token('alice'), await house.token('alice')];
  const other = await house.token('bob');
  const notebook = await house.runServer('alice');
  expect((await house.get('/hub/token', 'alice')).text).toContain('action="/hub/token/revoke-all"');
  expect((await house.post('/hub/token/revoke-all', 'alice')).location).toBe('/hub/token?revoked=all');
  for (const word of words) {
    expect((await house.call('GET', '/hub/api/user', { token: word })).status).toBe(403);
  }
  for (const word of [other, notebook]) {
    expect((await house.call('GET', '/hub/api/user', { token: word })).status).toBe(200);
  }
});
