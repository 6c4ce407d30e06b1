import type { ProblemKind } from './problem-kind.ts';

/** Signing in with a name and a password, and the accounts that have one. */
export const PASSWORD_PROBLEMS = {
  'AUTH-040': {
    status: 503,
    title: 'Too many people are signing in',
    user: 'Nobody was signed in. Try again in {seconds} seconds.',
    admin:
      'All places at {provider}, and those in line for it, are taken. PAM_EXECUTOR_THREADS says how many there are.',
  },
  'AUTH-041': {
    status: 403,
    title: 'This account cannot be used now',
    user: 'Your name and password are right, but the account has expired, is locked, or needs a new password. Ask the administrator of the machine.',
    admin: '{provider} says of {name}: {detail}.',
  },
  'AUTH-042': {
    status: 403,
    title: 'Nobody has let you in yet',
    user: 'An administrator has to approve the account that you asked for. Come back later.',
    admin: '{name} asked for an account and waits on the administration page.',
  },
  'AUTH-043': {
    status: 403,
    title: 'This code is not right',
    user: 'A code works for half a minute, and once. Wait for the next one, or use one of your recovery codes.',
    admin:
      'A wrong or used one-time code for {name} from {address}. If their clock or the machine’s is wrong, no code fits.',
  },
  'AUTH-044': {
    status: 400,
    title: 'This took too long',
    user: 'Sign in again with your name and password, then enter the code.',
    admin: 'The first step of the sign-in is unknown, older than five minutes, or of another browser.',
  },
  'AUTH-045': {
    status: 403,
    title: 'That is not your password',
    user: 'Enter the password with which you sign in now.',
    admin: '{name} gave a wrong password to change the account, from {address}.',
  },
  'AUTH-046': {
    status: 503,
    title: 'No more requests are taken just now',
    user: 'Too many people wait for an account. Ask the administrator for a sign-in link.',
    admin: '{count} people wait for an account: approve or reject them on the administration page.',
  },
  'AUTH-048': {
    status: 503,
    title: 'The second step cannot be set up yet',
    user: 'The hub has no key to keep your secret with. Tell the administrator.',
    admin:
      'There is no crypt key, so no secret would outlive a restart: run `make build`, which makes secrets/crypt_key, or set JUPYTERHUB_CRYPT_KEY.',
  },
  'AUTH-047': {
    status: 403,
    title: 'An administrator signs in another way',
    user: 'This name belongs to an administrator, who cannot sign in with this password. Sign in the way that administrators do here.',
    admin: '{detail}',
  },
} as const satisfies Record<string, ProblemKind>;
