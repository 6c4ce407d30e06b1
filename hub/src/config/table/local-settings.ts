import { PASSWORD_MIN } from '../../domain/credential.ts';
import { flag, number, setting } from '../setting.ts';

/** Accounts with a password that the hub keeps itself. */
export const LOCAL_SETTINGS = {
  enableSignup: setting({
    env: 'ENABLE_SIGNUP',
    trait: 'NativeAuthenticator.enable_signup',
    doc: 'Show a page on which people ask for an account; an administrator lets them in.',
    type: flag,
    fallback: 'false',
  }),
  openSignup: setting({
    env: 'OPEN_SIGNUP',
    trait: 'NativeAuthenticator.open_signup',
    doc: 'With `ENABLE_SIGNUP`: let everybody in at once who makes an account, without asking an administrator.',
    type: flag,
    fallback: 'false',
  }),
  passwordLeast: setting({
    env: 'MINIMUM_PASSWORD_LENGTH',
    trait: 'NativeAuthenticator.minimum_password_length',
    doc: 'Fewest characters of a new password. The shorter, the longer the list of forbidden ones would have to be.',
    type: number(8, 128),
    fallback: String(PASSWORD_MIN),
  }),
  passwordCommon: setting({
    env: 'CHECK_COMMON_PASSWORD',
    trait: 'NativeAuthenticator.check_common_password',
    doc: 'Refuse the passwords that are guessed first.',
    type: flag,
    fallback: 'true',
  }),
} as const;
