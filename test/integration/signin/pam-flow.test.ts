// PAM through the sign-in page, from settings as they stand in `.env`.
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Visitor } from '../../support/visitor.ts';
import { PamMachine } from './pam-machine.ts';
import { GOOD, openPasswordHouse, type PasswordHouse } from './password-house.ts';

let machine: PamMachine;
let folder = '';
let house: PasswordHouse | undefined;

beforeAll(async () => {
  machine = await PamMachine.start();
  folder = await mkdtemp(join(tmpdir(), 'berth-pam-'));
  // Settings know one program; the engine's client and its words are a program of one line.
  await writeFile(join(folder, 'berth-pam'), `#!/bin/sh\nexec ${machine.helper.join(' ')}\n`);
  await chmod(join(folder, 'berth-pam'), 0o755);
});
afterAll(async () => {
  await machine?.remove();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await house?.close();
  house = undefined;
});

async function open(more: Readonly<Record<string, string>> = {}): Promise<PasswordHouse> {
  house = await openPasswordHouse({
    AUTHENTICATOR_CLASS: 'jupyterhub.auth.PAMAuthenticator',
    PAM_HELPER: join(folder, 'berth-pam'),
    PAM_SERVICE: 'berth',
    PAM_CONFDIR: '/data/pam.d',
    ALLOW_ALL: 'true',
    ...more,
  });
  return house;
}

describe('signing in', () => {
  test('opens a session under the machine’s name, and nothing under a wrong password', async () => {
    const { signInAs, store, told } = await open();
    expect((await signInAs('alice', { password: 'wrong' })).reply.status).toBe(403);
    expect(store.users.size).toBe(0);
    const { visitor, reply } = await signInAs('Alice', { password: GOOD });
    expect(reply).toMatchObject({ status: 302, location: '/hub/home' });
    expect((await visitor.get('/hub/home')).status).toBe(200);
    expect(store.users.get('alice')).toMatchObject({ admin: false, identities: { pam: '1001' } });
    expect(told).toContainEqual({ kind: 'signed-in', user: 'alice', provider: 'pam', address: '192.0.2.7' });
  });

  test('whom no list names stays out, with the right password', async () => {
    const { signInAs, store } = await open({ ALLOW_ALL: 'false' });
    const { reply } = await signInAs('alice', { password: GOOD });
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('You are not on the list');
    expect(store.users.size).toBe(0);
  });

  test('the groups of the machine let in and make administrators, at each sign-in anew', async () => {
    const { signInAs, store } = await open({
      ALLOW_ALL: 'false',
      PAM_ALLOWED_GROUPS: 'course',
      PAM_ADMIN_GROUPS: 'hub-admins',
    });
    expect((await signInAs('umlaut', { password: 'Häfen bei Nacht' })).reply.status).toBe(403);
    const { visitor: bob } = await signInAs('bob', { password: GOOD });
    expect((await bob.get('/hub/admin')).status).toBe(200);
    await machine.setGroup('hub-admins', '');
    try {
      const { visitor: plain } = await signInAs('bob', { password: GOOD });
      expect((await plain.get('/hub/admin')).status).toBe(403);
      expect(store.users.get('bob')?.admin).toBe(false);
    } finally {
      await machine.setGroup('hub-admins', 'bob');
    }
  });

  test('an expired account is told so, and is not counted as a guess', async () => {
    const { signInAs } = await open();
    for (let i = 0; i < 8; i++) {
      const { reply } = await signInAs('expired', { password: GOOD });
      expect(reply.status).toBe(403);
      expect(reply.text).toContain('This account cannot be used now');
    }
  });

  test('a name that the machine gave to somebody else does not inherit the account', async () => {
    const { signInAs, store } = await open();
    await signInAs('alice', { password: GOOD });
    await store.change((drafts) => {
      const alice = store.users.get('alice');
      if (alice !== undefined) drafts.users.put({ ...alice, identities: { pam: '977' } });
    });
    const { reply } = await signInAs('alice', { password: GOOD });
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('This name belongs to somebody else');
  });
});

describe('the one-time code', () => {
  const OTP = { PAM_SERVICE: 'berth-otp', REQUEST_OTP: 'true', OTP_PROMPT: 'Code of your token' };

  test('has a field under the prompt of the settings, and is asked for on the same form', async () => {
    const { signInAs, origin } = await open(OTP);
    expect((await new Visitor(origin).get('/hub/login')).text).toContain('Code of your token');
    const otp = await machine.code();
    expect((await signInAs('otto', { password: GOOD })).reply.status).toBe(403);
    expect((await signInAs('otto', { password: GOOD, otp: '000000' })).reply.status).toBe(403);
    expect((await signInAs('otto', { password: GOOD, otp })).reply.status).toBe(302);
    expect((await signInAs('otto', { password: GOOD, otp })).reply.status).toBe(403);
  });
});

describe('when PAM fails', () => {
  test('a service without a file, or a helper that is not there, stops the start', async () => {
    await expect(open({ PAM_SERVICE: 'nosuch' })).rejects.toThrow(/PAM cannot be asked.*no file/);
    await expect(open({ PAM_HELPER: '/nowhere/berth-pam' })).rejects.toThrow(/does not start/);
  });

  test.each(['hangs', 'crashes', 'broken'])(
    '%s: a page that says so within ten seconds, and nobody is in',
    async (service) => {
      const { signInAs, lines } = await open({ PAM_SERVICE: service });
      const begun = performance.now();
      const { visitor, reply } = await signInAs('alice', { password: GOOD });
      expect(performance.now() - begun).toBeLessThan(10_000);
      expect(reply.status).toBe(502);
      expect(reply.text).toContain('PAM did not answer as it should');
      expect((await visitor.get('/hub/home')).status).toBe(302);
      expect(lines.join()).not.toContain(GOOD);
    },
  );

  test('ten that hang keep no other page waiting', async () => {
    const { signInAs, origin } = await open({ PAM_SERVICE: 'hangs', PAM_EXECUTOR_THREADS: '2' });
    const hanging = Array.from({ length: 10 }, (_, i) =>
      signInAs('alice', { password: 'x' }, `203.0.113.${i}`),
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const begun = performance.now();
    expect((await new Visitor(origin).get('/hub/login')).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(1000);
    const statuses = (await Promise.all(hanging)).map(({ reply }) => reply.status);
    expect(statuses.every((status) => status === 502 || status === 503)).toBe(true);
  });
});

describe('beside local accounts', () => {
  const BOTH = { AUTHENTICATOR_CLASS: 'local,pam' };

  test('each opens its own, with one form', async () => {
    const { signInAs, addAccount, store } = await open(BOTH);
    await addAccount('carla', 'another harbour altogether');
    expect((await signInAs('carla', { password: 'another harbour altogether' })).reply.status).toBe(302);
    expect((await signInAs('alice', { password: GOOD })).reply.status).toBe(302);
    expect(store.users.get('alice')?.identities).toEqual({ pam: '1001' });
  });

  test('an account with a password here is not given to the machine’s person of that name', async () => {
    const { signInAs, addAccount } = await open(BOTH);
    await addAccount('alice', 'another harbour altogether');
    const { reply } = await signInAs('alice', { password: GOOD });
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('This name belongs to somebody else');
    expect((await signInAs('alice', { password: 'another harbour altogether' })).reply.status).toBe(302);
  });

  test('PAM’s failure does not close the other door, and is told to those who may be PAM’s', async () => {
    const { signInAs, addAccount } = await open({ ...BOTH, PAM_SERVICE: 'crashes' });
    await addAccount('carla', 'another harbour altogether');
    expect((await signInAs('carla', { password: 'another harbour altogether' })).reply.status).toBe(302);
    expect((await signInAs('alice', { password: GOOD })).reply.status).toBe(502);
  });
});
