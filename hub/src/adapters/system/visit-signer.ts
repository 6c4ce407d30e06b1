import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { z } from 'zod';
import type { VisitClaims, VisitSigner } from '../../domain/visit.ts';

/** What stands before an Ed25519 seed in PKCS #8 (RFC 8410 §7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SECRET_BYTES = 24;
const MAX_LENGTH = 4096;
const COOKIE = /^([\w-]+\.[\w-]+)\.([\w-]{86})~([\w-]{16,128})$/;

const claimsShape = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  iat: z.number(),
  exp: z.number(),
  sid: z.string(),
  cnf: z.string(),
});

/** All keys are made from the hub's one secret: what it signed before a restart is good after it. */
export function makeVisitSigner(secret: Buffer): VisitSigner {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'berth visits', 32));
  const doors = Buffer.from(hkdfSync('sha256', secret, '', 'berth door tokens', 32));
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey);
  const key = publicKey.export({ format: 'jwk' }).x ?? '';
  const head = encoded({ alg: 'EdDSA', typ: 'JWT', kid: key.slice(0, 8) });

  return {
    key,
    sign(claims) {
      const word = randomBytes(SECRET_BYTES).toString('base64url');
      const whole: VisitClaims = { ...claims, cnf: proofOf(word) };
      const signed = `${head}.${encoded(whole)}`;
      return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}~${word}`;
    },
    read(cookie) {
      const parts = cookie.length > MAX_LENGTH ? null : COOKIE.exec(cookie);
      if (parts === null) return null;
      const [, signed = '', signature = '', word = ''] = parts;
      if (!verify(null, Buffer.from(signed), publicKey, Buffer.from(signature, 'base64url'))) return null;
      const claims = claimsShape.safeParse(decoded(signed.slice(signed.indexOf('.') + 1)));
      return claims.success && isSame(proofOf(word), claims.data.cnf) ? claims.data : null;
    },
    doorToken(server, generation) {
      const made = hkdfSync('sha256', doors, '', `${server} ${generation}`, SECRET_BYTES);
      return Buffer.from(made).toString('base64url');
    },
  };
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return null;
  }
}

const proofOf = (word: string): string => createHash('sha256').update(word).digest('base64url');

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
