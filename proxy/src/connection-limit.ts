import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Peers } from './peers.ts';

const SAY_AGAIN_MS = 60_000;

/**
 * Bounds how many connections one address may hold, so that one client cannot take everyone's. A trusted front server
 * is not one client: all its clients come from its address, and it has limits of its own.
 */
export class ConnectionLimit {
  readonly #most: number;
  readonly #peers: Peers;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #open = new Map<string, number>();
  #lastSaid = 0;
  #refused = 0;

  /** `most`: connections of one address; 0: without limit. */
  constructor(most: number, peers: Peers, clock: Clock, log: Logger) {
    this.#most = most;
    this.#peers = peers;
    this.#clock = clock;
    this.#log = log;
  }

  /** Counts a new connection until it closes; false: its address has enough already. */
  admits(socket: Socket): boolean {
    if (this.#most === 0) return true;
    const peer = this.#peers.of(socket);
    if (peer.trusted) return true;
    const client = clientOf(peer.address);
    const open = this.#open.get(client) ?? 0;
    if (open >= this.#most) {
      this.#noteRefusal(client);
      return false;
    }
    this.#open.set(client, open + 1);
    socket.once('close', () => {
      const left = (this.#open.get(client) ?? 1) - 1;
      if (left === 0) this.#open.delete(client);
      else this.#open.set(client, left);
    });
    return true;
  }

  #noteRefusal(client: string): void {
    this.#refused += 1;
    // A flood must not become a flood of log lines.
    if (this.#clock.now - this.#lastSaid < SAY_AGAIN_MS) return;
    this.#lastSaid = this.#clock.now;
    this.#log.warn(
      { client, most: this.#most, refused: this.#refused },
      'one address has too many connections; more are closed',
    );
  }
}

/** Whom an address stands for: in IPv6 a customer has a whole /64, and could use another address for each connection. */
export function clientOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%', 1)[0]?.split('::', 2) ?? [];
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  return `${[...first, ...Array<string>(Math.max(0, zeros)).fill('0'), ...last].slice(0, 4).join(':')}::/64`;
}
