/** Something under way that has deadlines of its own: a request, or a WebSocket. */
export interface OpenExchange {
  /** Called on each tick of the clock. */
  check(now: number): void;
  /** Ends it now, as gently as its state allows. */
  close(): void;
}

/** All that is under way, so that deadlines need no timer each and a drain knows what it waits for. */
export class OpenExchanges {
  readonly requests = new Set<OpenExchange>();
  readonly webSockets = new Set<OpenExchange>();

  sweep(now: number): void {
    for (const exchange of this.requests) exchange.check(now);
    for (const exchange of this.webSockets) exchange.check(now);
  }
}
