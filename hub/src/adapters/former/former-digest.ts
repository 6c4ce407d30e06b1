import { createHash, timingSafeEqual } from 'node:crypto';
import { isFormerDigest, type VerifyFormer } from '../../domain/former-hub.ts';

/** No token of JupyterHub's is longer; more would only cost time. */
const LETTERS_MAX = 256;

/** JupyterHub's digest (`jupyterhub/utils.py`, `hash_token`): SHA-512 of the salt's letters, then of the token `rounds` times. */
export const verifyFormer: VerifyFormer = (word, hashed) => {
  if (word.length > LETTERS_MAX || !isFormerDigest(hashed)) return false;
  const [, rounds = '0', salt = '', digest = ''] = hashed.split(':');
  const made = createHash('sha512')
    .update(salt)
    .update(word.repeat(Number(rounds)))
    .digest();
  return timingSafeEqual(made, Buffer.from(digest, 'hex'));
};
