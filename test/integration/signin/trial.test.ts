// One password for everybody: what it opens, and what it never does.
import { afterEach, describe, expect, test } from 'vitest';
import { loadSettings } from '../../../hub/src/config/load-settings.ts';
import { Visitor } from '../../support/visitor.ts';
import { GOOD, openPasswordHouse, type PasswordHouse } from './password-house.ts';

const ADMIN = 'thirty-two letters for the one who administers';
let house: PasswordHouse | undefined;
afterEach(async () => {
  await house?.close();
  house = undefined;
});

interface Case {
  readonly settings: Readonly<Record<string, string>>;
  readonly name: string;
  readonly password: string;
  readonly status: number;
}

const dummy = { AUTHENTICATOR_CLASS: 'dummyauthenticator.DummyAuthenticator' };
const open: Case = { settings: dummy, name: 'zoe', password: 'whatever', status: 302 };
const withPassword = { ...dummy, DUMMY_PASSWORD: 'trial', JUPYTERHUB_ADMIN: 'boss' };
const shared = {
  AUTHENTICATOR_CLASS: 'shared-password',
  SHARED_USER_PASSWORD: 'eight letters',
  SHARED_ADMIN_PASSWORD: ADMIN,
  JUPYTERHUB_ADMIN: 'boss',
};

test.each<readonly [string, Case]>([
  ['dummy without a password: any will do', open],
  ['and none, too', { ...open, password: '' }],
  ['but a list of names holds', { ...open, settings: { ...dummy, ALLOWED_USERS: 'ana' }, status: 403 }],
  ['and a blocked name stays out', { ...open, settings: { ...dummy, BLOCKED_USERS: 'zoe' }, status: 403 }],
  [
    'nobody becomes an administrator without a password',
    { ...open, settings: { ...dummy, JUPYTERHUB_ADMIN: 'boss' }, name: 'boss', status: 403 },
  ],
  [
    'not in capitals either',
    { ...open, settings: { ...dummy, JUPYTERHUB_ADMIN: 'boss' }, name: ' BOSS ', status: 403 },
  ],
  [
    'nor by a name that is mapped to theirs',
    {
      ...open,
      settings: { ...dummy, JUPYTERHUB_ADMIN: 'boss', USERNAME_MAP: 'chef=boss' },
      name: 'chef',
      status: 403,
    },
  ],
  [
    'dummy with a password: it opens',
    { settings: withPassword, name: 'zoe', password: 'trial', status: 302 },
  ],
  ['and no other does', { settings: withPassword, name: 'zoe', password: 'trial2', status: 403 }],
  [
    'the administrator has the same, as at JupyterHub',
    { settings: withPassword, name: 'boss', password: 'trial', status: 302 },
  ],
  [
    'or one of their own',
    {
      settings: { ...withPassword, SHARED_ADMIN_PASSWORD: ADMIN },
      name: 'boss',
      password: 'trial',
      status: 403,
    },
  ],
  [
    'shared password: everybody’s for everybody',
    { settings: shared, name: 'zoe', password: 'eight letters', status: 302 },
  ],
  [
    'the administrator’s for the administrator',
    { settings: shared, name: 'boss', password: ADMIN, status: 302 },
  ],
  [
    'everybody’s is not the administrator’s',
    { settings: shared, name: 'boss', password: 'eight letters', status: 403 },
  ],
  ['the administrator’s is not everybody’s', { settings: shared, name: 'zoe', password: ADMIN, status: 403 }],
  ['a path is no name', { ...open, name: '../zoe', status: 403 }],
  ['a look-alike is no name', { ...open, name: 'zоe', status: 403 }],
])('%s', async (_, { settings, name, password, status }) => {
  house = await openPasswordHouse(settings);
  const { reply } = await house.signInAs(name, { password });
  expect(reply.status).toBe(status);
});

describe('beside local accounts', () => {
  const both = { AUTHENTICATOR_CLASS: 'local,dummy', DUMMY_PASSWORD: 'trial', ALLOW_ALL: 'true' };

  test('it opens no account that has a password of its own', async () => {
    house = await openPasswordHouse(both);
    await house.addAccount('ana');
    const { reply } = await house.signInAs('ana', { password: 'trial' });
    expect(reply.status).toBe(403);
    // As if the password were wrong: who tries is not told whose account it is.
    expect(reply.text).toContain('Invalid username or password');
    expect((await house.signInAs('ana', { password: GOOD })).reply.status).toBe(302);
  });

  test('it opens no account that a provider vouched for', async () => {
    house = await openPasswordHouse(both);
    await house.store.change((drafts) =>
      drafts.users.put({
        name: 'mona',
        admin: false,
        groups: [],
        created: 0,
        lastActivity: null,
        identities: { github: '42' },
        invited: true,
      }),
    );
    const { reply } = await house.signInAs('mona', { password: 'trial' });
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('Invalid username or password');
  });

  test('it lets in nobody whom the lists do not name', async () => {
    house = await openPasswordHouse({ ...both, ALLOW_ALL: 'false' });
    expect((await house.signInAs('zoe', { password: 'trial' })).reply.text).toContain('not on the list');
  });
});

test('every page says that the hub is for trials, and no page of another hub does', async () => {
  house = await openPasswordHouse(dummy);
  const { visitor } = await house.signInAs('zoe', { password: 'x' });
  for (const path of ['/hub/home', '/hub/token', '/hub/nowhere']) {
    expect((await visitor.get(path)).text).toContain('For trials only');
  }
  expect((await new Visitor(house.origin).get('/hub/login')).text).toContain('For trials only');
  await house.close();
  house = await openPasswordHouse();
  expect((await new Visitor(house.origin).get('/hub/login')).text).not.toContain('For trials only');
});

test.each([
  ['a name that nobody knows', { AUTHENTICATOR_CLASS: 'githb' }, /did you mean github/],
  [
    'one of several',
    { AUTHENTICATOR_CLASS: 'local, ldapauthenticator.LDAPAuthenticator' },
    /LDAPAuthenticator/,
  ],
  ['a shared password without any', { AUTHENTICATOR_CLASS: 'shared-password' }, /SHARED_USER_PASSWORD/],
  ['one that is too short', { ...shared, SHARED_USER_PASSWORD: 'seven77' }, /at least 8/],
  ['one for administrators that is too short', { ...shared, SHARED_ADMIN_PASSWORD: 'short' }, /at least 32/],
  ['the same for both', { ...shared, SHARED_USER_PASSWORD: ADMIN }, /differ/],
  ['GitHub without its client', { AUTHENTICATOR_CLASS: 'github' }, /GITHUB_CLIENT_ID/],
  [
    'sessions of PAM',
    { AUTHENTICATOR_CLASS: 'pam', PAM_OPEN_SESSIONS: 'true' },
    /belongs to processes on the host/,
  ],
  ['a service that is a path', { AUTHENTICATOR_CLASS: 'pam', PAM_SERVICE: '../login' }, /name of a file/],
])('%s stops the start and says why', (_, environment, reason) => {
  const loaded = loadSettings(environment);
  expect('faults' in loaded ? JSON.stringify(loaded.faults) : 'none').toMatch(reason);
});
