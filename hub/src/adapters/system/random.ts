import { hash, randomBytes } from 'node:crypto';
import type { Digest, Random } from '../../domain/ports.ts';

export const systemRandom: Random = {
  word: (bytes) => randomBytes(bytes).toString('base64url'),
  hex: (bytes) => randomBytes(bytes).toString('hex'),
};

export const sha256: Digest = (word) => hash('sha256', word, 'hex');

/** How PKCE writes the challenge of a verifier. */
export const sha256Base64Url: Digest = (word) => hash('sha256', word, 'base64url');
