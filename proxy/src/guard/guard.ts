import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { type RouteGuard, VISIT_COOKIE } from '../contract.ts';
import { Refusal } from '../refusal.ts';
import { readVisit, type Visit } from './visit.ts';

/** Authentic cookies of one route that are remembered: checking a signature costs a hundred times what a look-up does. */
const MAX_REMEMBERED = 1_000;
const PATH = /^\/(?:[\x21-\x7e]*\/)?$/;
const PAGE = /^\/[\x21-\x7e]*$/;

/**
 * How a visit stands. `good`: it may pass. `old`: it may pass, and is past half its life. `over`: it is ours, but its
 * time is over or it was made void; only the hub can say whether the person may still come.
 */
export type Standing = 'good' | 'old' | 'over';

/** What a route's `guard` says, read once. */
export class Guard {
  readonly audience: string;
  readonly cookieName: string;
  readonly door: string;
  readonly renew: string;
  readonly notBefore: number;
  readonly secure: boolean;
  readonly #key: KeyObject;
  readonly #remembered = new Map<string, Visit>();

  /** Throws Refusal 400: a guard that is not understood must not become an open door. */
  constructor(data: unknown) {
    if (typeof data !== 'object' || data === null) throw new Refusal(400, 'The guard must be a JSON object.');
    const { key, audience, door, renew, not_before: notBefore = 0, secure = false } = data as RouteGuard;
    this.#key = publicKey(key);
    this.audience = path('audience', audience, PATH);
    this.door = path('door', door, PAGE);
    this.renew = path('renew', renew, PAGE);
    if (typeof notBefore !== 'number' || !Number.isFinite(notBefore))
      throw new Refusal(400, 'The guard’s not_before must be a number of milliseconds.');
    if (typeof secure !== 'boolean') throw new Refusal(400, 'The guard’s secure must be true or false.');
    this.notBefore = notBefore;
    this.secure = secure;
    this.cookieName = visitCookieName(audience);
  }

  /** The visit that a cookie's value stands for, whatever its age; undefined when the hub never gave it for this route. */
  visit(value: string): Visit | undefined {
    const known = this.#remembered.get(value);
    if (known !== undefined) return known;
    const visit = readVisit(value, this.#key, this.audience);
    if (visit === undefined) return undefined;
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(value, visit);
    return visit;
  }

  /** By the time of day: the hub wrote both ends of a visit. */
  standing(visit: Visit, date: number): Standing {
    if (date >= visit.expires || visit.issued <= this.notBefore) return 'over';
    return date > (visit.issued + visit.expires) / 2 ? 'old' : 'good';
  }

  /** A header's value that gives the browser a fresh cookie. */
  setCookie(value: string, https: boolean): string {
    return `${this.cookieName}=${value}; Path=${this.audience}; HttpOnly; SameSite=Lax${https || this.secure ? '; Secure' : ''}`;
  }
}

/** A name of its own for each audience: cookies of two servers, one below the other, never mix. */
export function visitCookieName(audience: string): string {
  return VISIT_COOKIE + createHash('sha256').update(audience).digest('hex').slice(0, 16);
}

function publicKey(key: unknown): KeyObject {
  try {
    if (typeof key === 'string' && /^[\w-]{43}$/.test(key))
      return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  throw new Refusal(400, 'The guard’s key must be an Ed25519 public key: 32 bytes, base64url.');
}

function path(name: string, value: unknown, shape: RegExp): string {
  if (typeof value === 'string' && value.length <= 1024 && shape.test(value) && !/^\/\/|[;,"\\]/.test(value))
    return value;
  throw new Refusal(400, `The guard’s ${name} must be a path.`);
}
