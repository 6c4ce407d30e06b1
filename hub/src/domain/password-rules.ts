import { isCommonPassword } from './common-passwords.ts';
import { PASSWORD_MAX } from './credential.ts';
import { Problem } from './problem.ts';
import { isUsername, USERNAME_MAX } from './user.ts';

/** What a new password must be; `minimum_password_length` and `check_common_password`. */
export interface PasswordRules {
  readonly least: number;
  readonly common: boolean;
}

/** What is wrong with a new password, or null. */
export function passwordFault(
  password: string,
  user: string,
  { least, common }: PasswordRules,
): 'short' | 'long' | 'common' | 'name' | null {
  if ([...password].length < least) return 'short';
  if (password.length > PASSWORD_MAX) return 'long';
  const small = password.toLowerCase();
  if (new Set(small).size < 4 || (common && isCommonPassword(small))) return 'common';
  if (user !== '' && small.replaceAll(user, '').length < 4) return 'name';
  return null;
}

/** @throws Problem AUTH-010 when the name cannot be a user's, or the password must not be theirs. */
export function checkNewAccount(name: string, password: string, rules: PasswordRules): void {
  if (!isUsername(name)) {
    throw new Problem('AUTH-010', {
      detail: `A name is 1 to ${USERNAME_MAX} small letters, digits, dots, dashes, underscores or @, and begins and ends with a letter or digit.`,
    });
  }
  checkNewPassword(name, password, rules);
}

/** @throws Problem AUTH-010. */
export function checkNewPassword(name: string, password: string, rules: PasswordRules): void {
  const fault = passwordFault(password, name, rules);
  if (fault === null) return;
  const sentences = {
    short: `The password needs at least ${rules.least} characters.`,
    long: 'The password is too long.',
    common: 'This password is among the first that anybody would guess.',
    name: 'The password must not be made of the name.',
  };
  throw new Problem('AUTH-010', { detail: sentences[fault] });
}
