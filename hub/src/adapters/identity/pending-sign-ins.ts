/** A sign-in that was begun and not yet come back from. */
export interface PendingSignIn {
  readonly visitor: string;
  readonly verifier: string;
  /** OpenID Connect's: the identity token must carry it. */
  readonly nonce?: string;
  readonly next: string;
  readonly begun: number;
}

const MAX_AGE_MS = 10 * 60_000;
const PER_VISITOR = 8;
const IN_ALL = 10_000;

/**
 * Sign-ins under way, by their `state`. Several tabs of one browser may each have one. In memory only: a
 * hub that restarts in between costs one more click. Bounded by age, by browser and in all.
 */
export class PendingSignIns {
  readonly #byState = new Map<string, PendingSignIn>();

  add(state: string, pending: PendingSignIn): void {
    const own = [...this.#byState].filter(([, other]) => other.visitor === pending.visitor);
    for (const [oldState] of own.slice(0, Math.max(0, own.length - PER_VISITOR + 1)))
      this.#byState.delete(oldState);
    const oldest = this.#byState.keys().next();
    if (this.#byState.size >= IN_ALL && oldest.done !== true) this.#byState.delete(oldest.value);
    this.#byState.set(state, pending);
  }

  /** Once only, and only by the browser that began it. */
  take(state: string, visitor: string, now: number): PendingSignIn | null {
    const pending = this.#byState.get(state);
    if (pending === undefined || pending.visitor !== visitor) return null;
    this.#byState.delete(state);
    return now - pending.begun <= MAX_AGE_MS ? pending : null;
  }
}
