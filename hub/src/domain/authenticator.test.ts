import { expect, test } from 'vitest';
import { authenticatorOf, nearestAuthenticator } from './authenticator.ts';

test.each([
  ['pam', 'pam'],
  ['PAMAuthenticator', 'pam'],
  ['jupyterhub.auth.PAMAuthenticator', 'pam'],
  ['default', 'pam'],
  ['dummy', 'dummy'],
  ['DummyAuthenticator', 'dummy'],
  ['dummyauthenticator.DummyAuthenticator', 'dummy'],
  ['jupyterhub.auth.DummyAuthenticator', 'dummy'],
  ['shared-password', 'shared-password'],
  ['jupyterhub.authenticators.shared.SharedPasswordAuthenticator', 'shared-password'],
  ['native', 'local'],
  ['local', 'local'],
  ['nativeauthenticator.NativeAuthenticator', 'local'],
  ['github', 'github'],
  ['oauthenticator.github.GitHubOAuthenticator', 'github'],
  ['oauthenticator.GitHubOAuthenticator', 'github'],
  ['generic-oauth', 'generic-oauth'],
  ['oauthenticator.generic.GenericOAuthenticator', 'generic-oauth'],
])('%s is read as %s', (word, authenticator) => {
  expect(authenticatorOf(word)).toBe(authenticator);
});

test.each(['', 'nobody', 'evil.local', 'constructor', '__proto__', 'a.b.constructor', 'ldapauthenticator'])(
  '%j is no way in',
  (word) => expect(authenticatorOf(word)).toBeNull(),
);

test.each([
  ['githb', 'github'],
  ['PAMAuthentcator', 'pam'],
  ['jupyterhub.auth.DummyAuthenticatr', 'dummy'],
  ['generic_oauth', 'generic-oauth'],
])('%s was probably meant to be %s', (word, meant) => {
  expect(nearestAuthenticator(word)).toBe(meant);
});
