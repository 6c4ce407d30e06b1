import { afterEach, beforeEach, expect, test } from 'vitest';
import { plainIdentity, type SignedOutThere, type SignInProvider } from '../src/domain/identity.ts';
import { makeSignIn, type SignInUnderTest } from './make-sign-in.ts';

let hub: SignInUnderTest;
let says: SignedOutThere;

beforeEach(async () => {
  hub = await makeSignIn({ allowAll: true });
  const provider: SignInProvider = {
    id: 'generic-oauth',
    label: 'SSO',
    begin: () => Promise.reject(new Error('not here')),
    finish: () => Promise.reject(new Error('not here')),
    readLogoutToken: async () => says,
  };
  hub.providers.push(provider);
});
afterEach(() => hub.close());

const come = (name: string, providerSession: string | null) =>
  hub.openSession({
    name,
    identity: { ...plainIdentity('generic-oauth', name, `sso ${name}`), providerSession },
    address: '192.0.2.1',
    userAgent: '',
    previous: null,
  });

test('one session there ends one session here', async () => {
  const ended = await come('ana', 's1');
  const other = await come('ana', 's2');
  says = { id: 'sso ana', providerSession: 's1' };
  await hub.endByProvider('token');
  expect(hub.identifySession(ended.word)).toBeNull();
  expect(hub.identifySession(other.word)).not.toBeNull();
});

test('a session here of which nobody knows what it is there ends with any of that person’s', async () => {
  const unnamed = await come('ana', null);
  const stranger = await come('bob', null);
  says = { id: 'sso ana', providerSession: 's1' };
  await hub.endByProvider('token');
  expect(hub.identifySession(unnamed.word)).toBeNull();
  expect(hub.identifySession(stranger.word)).not.toBeNull();
});

test('a session there of nobody known ends nothing of which it is not told', async () => {
  const unnamed = await come('ana', null);
  says = { id: null, providerSession: 's1' };
  await hub.endByProvider('token');
  expect(hub.identifySession(unnamed.word)).not.toBeNull();
});
