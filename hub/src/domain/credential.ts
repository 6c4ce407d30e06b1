/** A local password, as scrypt left it. */
export interface Credential {
  /** The user's name: the key. */
  readonly user: string;
  /** `scrypt$N$r$p$salt$key`, base64url. */
  readonly hash: string;
  readonly changed: number;
}

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 1024;

// Not a dictionary: just what people type when twelve letters are asked for.
const COMMON = new Set([
  'password1234',
  'passwordpassword',
  '123456789012',
  '1234567890123',
  'qwertyuiop12',
  'qwertyuiop123',
  'administrator',
  'letmeinplease',
  'iloveyou1234',
  'jupyterhub12',
  'jupyterhub123',
  'changeme1234',
]);

/** What is wrong with a new password, or null. */
export function passwordFault(password: string, user: string): 'short' | 'long' | 'common' | 'name' | null {
  if ([...password].length < PASSWORD_MIN) return 'short';
  if (password.length > PASSWORD_MAX) return 'long';
  const small = password.toLowerCase();
  if (COMMON.has(small) || new Set(small).size < 4) return 'common';
  if (user !== '' && small.replaceAll(user, '').length < 4) return 'name';
  return null;
}
