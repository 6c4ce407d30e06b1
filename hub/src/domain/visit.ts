import type { Digest } from './ports.ts';
import type { Session } from './session.ts';

/** What the hub signs of a visit to a web application (the proxy's contract tells the whole of the cookie). */
export interface VisitClaims {
  /** The hub: its public address, or its base path where that was not told. */
  readonly iss: string;
  /** Who visits. */
  readonly sub: string;
  /** The server's path, a slash at each end. */
  readonly aud: string;
  /** Seconds since the epoch, with fractions. */
  readonly iat: number;
  readonly exp: number;
  /** The session it came from; see {@link visitSession}. */
  readonly sid: string;
  /** SHA-256 of the part that only the browser has. */
  readonly cnf: string;
}

/** Signs visits with a key whose other half the proxy has. */
export interface VisitSigner {
  /** The public half: 32 bytes, base64url. */
  readonly key: string;
  /** The cookie's value. */
  sign(claims: Omit<VisitClaims, 'cnf'>): string;
  /** Of a cookie that this hub made, however old; else null. */
  read(cookie: string): VisitClaims | null;
  /** The secret between the proxy and the program of one start. Kept nowhere: it is made anew from the hub's key. */
  doorToken(server: string, generation: number): string;
}

/** Names a session to a server, without being a key to anything, and differently to each. */
export function visitSession(digest: Digest, session: Pick<Session, 'idHash'>, audience: string): string {
  return digest(`visit ${session.idHash} ${audience}`).slice(0, 32);
}

/** One name for each server, so that two cookies of which one is for a path below the other's do not mix. */
export function visitCookieName(digest: Digest, prefix: string, audience: string): string {
  return `${prefix}${digest(audience).slice(0, 16)}`;
}
