import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openClassroom } from '../../../../test/support/classroom.ts';
import type { ContractHub } from '../../../../test/support/contract-hub.ts';

let house: ContractHub;
let admin: string;

beforeEach(async () => {
  ({ house, admin } = await openClassroom());
});
afterEach(() => house.close());

describe('malformed bodies change nothing', () => {
  test.each([
    ['POST', '/users', '{', 'Invalid JSON in body of request'],
    ['POST', '/users', '[]', 'Must specify at least one user to create'],
    ['POST', '/users', '', 'Must specify at least one user to create'],
    ['POST', '/users', '{"usernames":"x"}', undefined],
    ['POST', '/users', '{"usernames":["ok","bad/name"]}', 'Invalid username: bad/name'],
    ['POST', '/users', '{"usernames":["x"],"admin":"yes"}', undefined],
    ['POST', '/users', '{"usernames":["x"],"token":"t"}', 'Invalid JSON keys: token'],
    ['POST', '/users/x', '{"__proto__":{"admin":true}}', undefined],
    ['PATCH', '/users/alice', '{"name":"bob"}', 'User bob already exists, username must be unique'],
    ['PATCH', '/users/alice', '{"constructor":{}}', undefined],
    ['POST', '/users/alice/activity', '{}', 'body must contain at least one of `last_activity` or `servers`'],
    ['POST', '/users/alice/activity', '[]', undefined],
    [
      'POST',
      '/users/alice/activity',
      '{"servers":{"nix":{"last_activity":"2020-01-01T00:00:00Z"}}}',
      "No such server 'nix' for user alice",
    ],
    ['POST', '/users/alice/activity', '{"last_activity":"soon"}', undefined],
    ['POST', '/users/alice/tokens', '{"expires_in":-1}', undefined],
    ['POST', '/users/alice/tokens', '{"expires_in":1e400}', undefined],
    ['POST', '/users/alice/tokens', '{"expires_in":true}', undefined],
    ['POST', '/users/alice/tokens', '{"scopes":["root"]}', "Scope 'root' does not exist"],
    ['POST', '/users/alice/tokens', '{"scopes":"self"}', undefined],
    ['POST', '/users/alice/server', '[]', undefined],
    ['POST', '/users/alice/servers/a%2Fb', '{}', undefined],
    ['POST', '/users/alice/servers/..', '{}', undefined],
    ['POST', '/users/al%00ice', '{}', undefined],
  ])('%s %s %s', async (method, path, raw, message) => {
    const before = JSON.stringify([[...house.store.users.values()], [...house.store.servers.values()]]);
    const tokens = house.store.tokens.size;
    const reply = await house.call(method, `/hub/api${path}`, { token: admin, raw });
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect(reply.json).toMatchObject({ status: reply.status, message: message ?? expect.any(String) });
    const after = JSON.stringify([[...house.store.users.values()], [...house.store.servers.values()]]);
    // The use of the token is noted on its owner; nothing else may have moved.
    const still = (text: string) => text.replace(/"lastActivity":\d+/g, '"lastActivity":null');
    expect(still(after)).toBe(still(before));
    expect(house.store.tokens.size).toBe(tokens);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('a body over the limit is refused before it is read', async () => {
    const raw = JSON.stringify({ usernames: ['x'.repeat(2 * 1024 * 1024)] });
    const reply = await house.call('POST', '/hub/api/users', { token: admin, raw });
    expect([reply.status, reply.json]).toMatchObject([413, { status: 413 }]);
  });
});
