import { expect, test } from 'vitest';
import { oauthClientId } from './client-id.ts';

test('a default server keeps the id that JupyterHub gives it', () => {
  expect(oauthClientId('alice', '')).toBe('jupyterhub-user-alice');
  expect(oauthClientId('foo-bar', '')).toBe('jupyterhub-user-foo-bar');
  expect(oauthClientId('ann@uni.edu', '')).toBe('jupyterhub-user-ann%40uni.edu');
});

test("alice's server prod is not the default server of alice-prod", () => {
  expect(oauthClientId('alice', 'prod')).not.toBe(oauthClientId('alice-prod', ''));
});

test('no two servers share an id, and every id may be the name of a cookie', () => {
  const letters = ['a', '-', '~', '%', '.', '_', '@', '2', 'D', 'ü', ' '];
  const names = letters.flatMap((one) => letters.flatMap((two) => [one + two, `a${one}${two}`, one]));
  const users = [...new Set(names)];
  const ids = users.flatMap((user) => ['', ...users].map((server) => oauthClientId(user, server)));
  expect(ids.length).toBeGreaterThan(50_000);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[A-Za-z0-9._~%-]+$/.test(id))).toEqual([]);
});

test("no server's id is another cookie of its owner's", () => {
  for (const server of ['oauth-state', '-oauth-state', 'oauth-state-1a2b3c4d']) {
    expect(oauthClientId('alice', server).startsWith(`${oauthClientId('alice', '')}-`)).toBe(false);
  }
});
