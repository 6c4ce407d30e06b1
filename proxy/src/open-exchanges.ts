/** Something under way that has deadlines of its own: a request, or a WebSocket. */
export interface OpenExchange {
  /** Its place in the list that holds it; the list's own business. -1: in none. */
  place: number;
  /** Of the route it is on, when that is to be told. */
  readonly path?: string;
  /** Called on each tick of the clock. */
  check(now: number): void;
  /** Ends it now, as gently as its state allows. */
  close(): void;
}

/**
 * What is under way, in no order. An array and not a Set: a Set that is added to and deleted from makes its table anew
 * now and then, and V8's old table keeps pointing at the new one. Once one such table is old, each later one, with all
 * requests that were in it, outlives its time and dies only in a full collection: a quarter more CPU a request.
 */
export class OpenList implements Iterable<OpenExchange> {
  readonly #all: OpenExchange[] = [];

  get size(): number {
    return this.#all.length;
  }

  add(exchange: OpenExchange): void {
    if (exchange.place !== -1) return;
    exchange.place = this.#all.length;
    this.#all.push(exchange);
  }

  delete(exchange: OpenExchange): void {
    const { place } = exchange;
    if (place === -1) return;
    exchange.place = -1;
    const last = this.#all.pop();
    if (last === undefined || last === exchange) return;
    this.#all[place] = last;
    last.place = place;
  }

  /** Those that are in it now; any may leave meanwhile. */
  [Symbol.iterator](): Iterator<OpenExchange> {
    return [...this.#all].values();
  }
}

/** All that is under way, so that deadlines need no timer each and a drain knows what it waits for. */
export class OpenExchanges {
  readonly requests = new OpenList();
  readonly webSockets = new OpenList();

  sweep(now: number): void {
    for (const exchange of this.requests) exchange.check(now);
    for (const exchange of this.webSockets) exchange.check(now);
  }
}
