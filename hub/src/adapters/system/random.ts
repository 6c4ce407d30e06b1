import { createHash, randomBytes } from 'node:crypto';
import type { Digest, Random } from '../../domain/ports.ts';

export const systemRandom: Random = {
  word: (bytes) => randomBytes(bytes).toString('base64url'),
  hex: (bytes) => randomBytes(bytes).toString('hex'),
};

export const sha256: Digest = (word) => createHash('sha256').update(word).digest('hex');

/** How PKCE writes the challenge of a verifier. */
export const sha256Base64Url: Digest = (word) => createHash('sha256').update(word).digest('base64url');
