import { optionalText, reader, setting } from '../setting.ts';

function passwordOf(least: number) {
  return reader({ type: ['string', 'null'] }, `should have at least ${least} characters`, (value) => {
    if (value === undefined || value === null || value === '') return null;
    const word = typeof value === 'number' ? String(value) : value;
    return typeof word === 'string' && word.length >= least ? word : undefined;
  });
}

/** For trials: everybody with one password. Never for a hub that strangers can reach. */
export const DUMMY_SETTINGS = {
  dummyPassword: setting({
    env: 'DUMMY_PASSWORD',
    trait: 'DummyAuthenticator.password',
    doc: 'With `dummy`: the password of every name. Empty: any password will do, and administrators cannot come in this way.',
    type: optionalText,
    secret: true,
  }),
  sharedUserPassword: setting({
    env: 'SHARED_USER_PASSWORD',
    trait: 'SharedPasswordAuthenticator.user_password',
    doc: 'With `shared-password`: the password of everybody who is no administrator, at least 8 characters.',
    type: passwordOf(8),
    secret: true,
  }),
  sharedAdminPassword: setting({
    env: 'SHARED_ADMIN_PASSWORD',
    trait: 'SharedPasswordAuthenticator.admin_password',
    doc: 'With `dummy` and `shared-password`: the password of administrators, at least 32 characters.',
    type: passwordOf(32),
    secret: true,
  }),
} as const;
