import type { Clock } from '../domain/ports.ts';
import { type Server, serverKey } from '../domain/server.ts';

type Which = Pick<Server, 'user' | 'name'>;

/** Somebody who holds a cookie for a server. */
export interface Visitor {
  readonly user: string;
  readonly sid: string;
  /** When the cookie is over by itself. */
  readonly until: number;
}

/**
 * Who was let into which server by this process, and since when cookies for it count. Nothing of it is kept:
 * a hub that starts gives every way anew with the time of its start, so that all who are in come by again.
 */
export class VisitBook {
  readonly #clock: Clock;
  readonly #began: number;
  readonly #voided = new Map<string, number>();
  /** Servers of which the proxy does not know yet what is void. */
  readonly #untold = new Set<string>();
  readonly #visitors = new Map<string, Map<string, Visitor>>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#began = clock.now();
  }

  /** Cookies issued then or before are void. */
  notBefore(server: Which): number {
    return this.#voided.get(serverKey(server.user, server.name)) ?? this.#began;
  }

  /** A time for a new cookie that counts, also when the clock was put back. */
  issueTime(server: Which): number {
    return Math.max(this.#clock.now(), this.notBefore(server) + 1);
  }

  /** Whether the proxy was told what is void since it last changed. */
  isTold({ user, name }: Which): boolean {
    return !this.#untold.has(serverKey(user, name));
  }

  /** The proxy knows it; `notBefore` is what it was told, which may have changed meanwhile. */
  told({ user, name }: Which, notBefore: number): void {
    if (this.notBefore({ user, name }) === notBefore) this.#untold.delete(serverKey(user, name));
  }

  /** All cookies so far are void. */
  void(server: Which): void {
    this.#untold.add(serverKey(server.user, server.name));
    this.#voided.set(
      serverKey(server.user, server.name),
      Math.max(this.#clock.now(), this.notBefore(server) + 1),
    );
  }

  note(server: Which, visitor: Visitor): void {
    const key = serverKey(server.user, server.name);
    const visitors = this.#visitors.get(key) ?? new Map<string, Visitor>();
    this.#visitors.set(key, visitors);
    visitors.set(visitor.sid, visitor);
  }

  /** Those whose cookies may still count. */
  visitors(server: Which): readonly Visitor[] {
    const key = serverKey(server.user, server.name);
    const visitors = this.#visitors.get(key);
    if (visitors === undefined) return [];
    const now = this.#clock.now();
    for (const [sid, { until }] of visitors) if (until <= now) visitors.delete(sid);
    if (visitors.size === 0) this.#visitors.delete(key);
    return [...visitors.values()];
  }

  forget(server: Which, sid: string): void {
    this.#visitors.get(serverKey(server.user, server.name))?.delete(sid);
  }
}
