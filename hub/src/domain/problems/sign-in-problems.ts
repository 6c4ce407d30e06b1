import type { ProblemKind } from './problem-kind.ts';

/** Signing in, and what a signed-in person may not do. */
export const SIGN_IN_PROBLEMS = {
  'AUTH-001': {
    status: 403,
    title: 'Invalid username or password',
    user: 'Check both and try again.',
    admin: 'Wrong name or password from {address}.',
  },
  'AUTH-002': {
    status: 403,
    title: 'You are not on the list',
    user: 'You signed in as {name}, who may not use this hub. Ask its administrator to add you.',
    admin: 'Add {name} to the userlist file, or to allowed_users.',
  },
  'AUTH-003': {
    status: 429,
    title: 'Too many attempts',
    user: 'Wait {seconds} seconds, then try again.',
    admin: 'Sign-in from {address} is slowed down after repeated failures.',
  },
  'AUTH-004': {
    status: 403,
    title: 'This form is too old',
    user: 'Go back, reload the page and send it again.',
    admin: 'The _xsrf word of the request did not belong to the session.',
  },
  'AUTH-005': {
    status: 400,
    title: 'Sign-in was interrupted',
    user: 'Start again from the sign-in page.',
    admin: 'The provider came back without a state of this browser: {detail}.',
  },
  'AUTH-006': {
    status: 403,
    title: 'Sign-in was cancelled',
    user: 'You did not allow {provider} to sign you in. Start again if that was a mistake.',
    admin: '{provider} answered {detail}.',
  },
  'AUTH-007': {
    status: 502,
    title: '{provider} did not answer as it should',
    user: 'Nobody was signed in. Try again in a few minutes; if it stays, tell the administrator the number below.',
    admin: 'The exchange with {provider} failed: {detail}.',
  },
  'AUTH-008': {
    status: 403,
    title: 'This name belongs to somebody else',
    user: 'The account {name} of this hub is opened in another way, or belongs to another person at {provider}. Ask the administrator.',
    admin:
      '{name} came by {provider}, and the account, or the files that are kept of it, is bound to another id there, to another provider, to a password or to a link. A name alone inherits nothing. To give it away knowingly, remove the account and add the name anew.',
  },
  'AUTH-009': {
    status: 404,
    title: 'This link has been used, or is too old',
    user: 'Ask for a new one: on the machine, `make up` prints it.',
    admin: 'The one-time link works once and for an hour, and only while there is no administrator.',
  },
  'AUTH-010': {
    status: 400,
    title: 'This name or password cannot be used',
    user: '{detail}',
    admin: 'A new name or password was refused: {detail}',
  },
  'AUTH-020': {
    status: 403,
    title: 'Your account at {provider} cannot be used here',
    user: 'It says nothing usable in {claim}, from which this hub takes names. Tell the administrator.',
    admin:
      '{provider} vouched for somebody without a usable {claim}: {detail}. The setting username_claim names it.',
  },
  'AUTH-021': {
    status: 400,
    title: 'This is no sign-out',
    user: 'The message is not from the provider, or too old, or was used before.',
    admin: 'A logout token of {provider} was refused: {detail}.',
  },
  'AUTH-030': {
    status: 403,
    title: 'Your sign-in has run out',
    user: 'Sign in again, then start your server.',
    admin: 'The provider of {name} does not confirm the sign-in any more (refresh_pre_spawn).',
  },
  'PERM-001': {
    status: 403,
    title: 'You may not do this',
    user: 'Your account does not have the right to do that. If you need it, ask the administrator.',
    admin: '{name} asked for something that needs {scope}.',
  },
} as const satisfies Record<string, ProblemKind>;
