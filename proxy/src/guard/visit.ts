import { createHash, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import { ASSERTION_HEADER, VISITOR_HEADER, type VisitClaims } from '../contract.ts';

/** A person's leave to use one server, as a cookie says it. Times in milliseconds since 1970. */
export interface Visit {
  /** The cookie's value. */
  readonly value: string;
  readonly user: string;
  readonly issued: number;
  readonly expires: number;
  /** Header lines for the target: who comes, and the proof. The part of the cookie that opens the door is not in it. */
  readonly lines: string;
}

const MAX_LENGTH = 4096;
const SHAPE = /^(([\w-]{1,512})\.([\w-]{1,3000})\.([\w-]{86}))~([\w-]{16,128})$/;

/**
 * Reads a visit cookie (contract.ts says its shape), whatever its age: undefined unless the hub that has the key's
 * other half made it, for this audience, and whoever sends it has the whole of it.
 */
export function readVisit(value: string, key: KeyObject, audience: string): Visit | undefined {
  const parts = value.length > MAX_LENGTH ? null : SHAPE.exec(value);
  if (parts === null) return undefined;
  const [, jwt = '', head = '', payload = '', signature = '', secret = ''] = parts;
  // What is for another route is found out before a signature is checked: strangers cannot make us work.
  const claims = claimsOf(payload);
  if (claims === undefined || claims.aud !== audience || record(head)?.alg !== 'EdDSA') return undefined;
  const signed = Buffer.from(jwt.slice(0, jwt.lastIndexOf('.')));
  if (!verify(null, signed, key, Buffer.from(signature, 'base64url'))) return undefined;
  const proof = createHash('sha256').update(secret).digest('base64url');
  if (proof.length !== claims.cnf.length || !timingSafeEqual(Buffer.from(proof), Buffer.from(claims.cnf)))
    return undefined;
  return {
    value,
    user: claims.sub,
    issued: Math.round(claims.iat * 1000),
    expires: Math.round(claims.exp * 1000),
    lines: `${VISITOR_HEADER}: ${headerText(claims.sub)}\r\n${ASSERTION_HEADER}: ${jwt}\r\n`,
  };
}

type Claims = Pick<VisitClaims, 'sub' | 'aud' | 'iat' | 'exp' | 'cnf'>;

function claimsOf(payload: string): Claims | undefined {
  const { sub, aud, iat, exp, cnf } = record(payload) ?? {};
  const texts = typeof sub === 'string' && typeof aud === 'string' && typeof cnf === 'string';
  if (!texts || typeof iat !== 'number' || typeof exp !== 'number') return undefined;
  return { sub, aud, iat, exp, cnf };
}

function record(part: string): Record<string, unknown> | undefined {
  try {
    const found: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof found === 'object' && found !== null ? { ...found } : undefined;
  } catch {
    return undefined;
  }
}

/** What is no plain word in a header is percent-encoded. */
function headerText(name: string): string {
  return /^[\x21-\x24\x26-\x7e]+$/.test(name) ? name : encodeURIComponent(name);
}
