import type { Hub } from '../../hub/src/http/hub.ts';

/** What the pages are told when there are local accounts and nothing else. */
export const LOCAL_ACCOUNTS = {
  passwords: true,
  otpPrompt: null,
  localAccounts: true,
  passwordLeast: 12,
  askForAccount: null,
  autoLogin: false,
  unsafe: false,
} satisfies Partial<Hub['settings']>;

const unused = (): Promise<never> => Promise.reject(new Error('signing in is not part of this house'));

/** A house into which nobody signs in with a password. */
export const NO_PASSWORDS = {
  signInWithPassword: unused,
  takeSecondStep: unused,
  changePassword: unused,
  secondFactor: { begin: unused, begun: () => null, finish: unused, remove: unused, removeOf: unused },
  signUp: { ask: unused, waiting: () => [], approve: unused, reject: unused },
  redeemInvitation: unused,
} satisfies Partial<Hub>;
