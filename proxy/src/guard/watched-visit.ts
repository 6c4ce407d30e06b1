import type { Clock } from '../clock.ts';
import type { Gate } from './gate.ts';
import type { Guard } from './guard.ts';
import type { Visit } from './visit.ts';

/** The hub is asked again after this while it is away. */
const ASK_AGAIN_MS = 5_000;

/** The leave of a visitor who stays: a WebSocket outlives the cookie it was opened with, and must not outlive the leave. */
export class WatchedVisit {
  readonly #gate: Gate;
  #visit: Visit;
  #over = false;
  #askedAt = 0;

  constructor(gate: Gate, visit: Visit) {
    this.#gate = gate;
    this.#visit = visit;
  }

  /** Whether the hub has said that it is. Asks it when the visit is too old or was made void; costs nothing else. */
  isOver(guard: Guard | undefined, { now, date }: Clock): boolean {
    if (this.#over) return true;
    // A route that is gone or has no guard any more says nothing about who may be here.
    if (guard === undefined || guard.standing(this.#visit, date) !== 'over') return false;
    if (now - this.#askedAt < ASK_AGAIN_MS) return false;
    this.#askedAt = now;
    this.#gate.recheck(guard, this.#visit, (visit) => {
      if (visit === 'over') this.#over = true;
      // A hub that is away ends nothing: it is asked again.
      else if (visit !== 'away') this.#visit = visit;
    });
    return this.#over;
  }
}
