import { expect, test } from 'vitest';
import { loadSettings } from '../src/config/load-settings.ts';
import { newUser } from '../src/domain/user.ts';
import type { ComposedHub } from '../src/main-hub.ts';
import { makeAdmission } from '../src/main-sign-in.ts';
import { signInHealth } from '../src/main-sign-in-health.ts';

const GITHUB = {
  GITHUB_CLIENT_ID: 'id',
  GITHUB_CLIENT_SECRET: 'secret',
  OAUTH_CALLBACK_URL: 'https://hub.example/hub/oauth_callback',
};

function healthWith(
  environment: Record<string, string>,
  more: { away?: string; unsafe?: boolean } = {},
): string {
  const loaded = loadSettings(environment);
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  const users = new Map([['ana', { ...newUser('ana', 0), invited: true }]]);
  const parts = {
    hub: {
      settings: { unsafe: more.unsafe ?? false },
      providers: environment.GITHUB_CLIENT_ID === undefined ? [] : [{ id: 'github' }],
      refreshSession: { unreachable: () => new Map(more.away === undefined ? [] : [['github', more.away]]) },
    },
    store: { users },
    admission: makeAdmission(loaded.settings).read,
  };
  return signInHealth(parts as unknown as ComposedHub, loaded.settings);
}

test.each([
  ['a fresh machine with accounts of its own', {}],
  ['GitHub with an organisation', { ...GITHUB, GITHUB_ALLOWED_ORGANIZATIONS: 'lab' }],
  ['GitHub with names', { ...GITHUB, ALLOWED_USERS: 'mona' }],
  ['GitHub for everybody on earth', { ...GITHUB, ALLOW_ALL: 'true' }],
])('%s is well', (_, environment) => {
  expect(healthWith(environment)).toBe('ok');
});

test('a provider for whom no list says who may come in is told, and how many come in all the same', () => {
  expect(healthWith(GITHUB)).toMatch(
    /^ok, but no list says who may come in.*only the 1 who were added here$/,
  );
});

test('a provider that is away is told with the reason, and makes nobody unwell', () => {
  const settings = { ...GITHUB, ALLOWED_USERS: 'mona' };
  expect(healthWith(settings, { away: 'it answered 503' })).toBe(
    'ok, but github could not be asked again: it answered 503',
  );
});

test.each([
  [{ ALLOWED_GROUPS: 'staff' }, 'ALLOWED_GROUPS'],
  [{ ADMIN_GROUPS: 'ops' }, 'ADMIN_GROUPS'],
])('%j without MANAGE_GROUPS stops the start', (environment, name) => {
  const loaded = loadSettings(environment);
  expect('faults' in loaded ? JSON.stringify(loaded.faults) : 'none').toContain(name);
});

test.each([
  [{ DELETE_INVALID_USERS: 'true' }, /remove people on the page/],
  [{ USERNAME_PATTERN: '(?=x)' }, /error parsing regexp/],
  [{ USERNAME_MAP: '{"a": "../b"}' }, /names that a user may have/],
  [{ GITHUB_ALLOWED_ORGANIZATIONS: 'lab:a:b' }, /`org` or `org:team`/],
])('%j is refused with its reason', (environment, reason) => {
  const loaded = loadSettings(environment);
  expect('faults' in loaded ? JSON.stringify(loaded.faults) : 'none').toMatch(reason);
});

test('names of every list are normalised: Alice is blocked as alice', () => {
  const loaded = loadSettings({
    BLOCKED_USERS: 'Alice BOB',
    ALLOWED_USERS: 'Carol',
    JUPYTERHUB_ADMIN: 'Dan',
  });
  if ('faults' in loaded) throw new Error('faults');
  const { blockedUsers, allowedUsers, adminUsers } = loaded.settings;
  expect([blockedUsers, allowedUsers, adminUsers]).toEqual([['alice', 'bob'], ['carol'], ['dan']]);
});
