import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, type SecureContextOptions } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { Target } from '../routes/target.ts';
import { type ConnectionHome, UpstreamConnection } from './upstream-connection.ts';
import { UpstreamError } from './upstream-error.ts';

export interface UpstreamOptions {
  /** Certificate, key and authorities for https targets; asked for at each connection so that they can be renewed. */
  readonly tls: () => SecureContextOptions;
  readonly rejectUnauthorized: boolean;
  /** Which addresses a target's name stands for; each is tried in turn. Absent: the system's word. */
  readonly lookup?: LookupFunction;
}

const MAX_IDLE_PER_TARGET = 64;
/** Below the idle time of the servers usual here (Node's is 5 s but announced; tornado's is an hour). */
const MAX_IDLE_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;
const KEEPALIVE_PROBE_MS = 30_000;

/** Connections by target. A target has its own, so that a server can only confuse answers meant for itself. */
export class UpstreamPools implements ConnectionHome {
  readonly #clock: Clock;
  readonly #options: UpstreamOptions;
  /** Last in, first out: the freshest connection is the least likely to be stale. */
  readonly #idle = new Map<string, UpstreamConnection[]>();
  readonly #connecting = new Set<UpstreamConnection>();
  readonly #keys = new Map<UpstreamConnection, string>();

  constructor(clock: Clock, options: UpstreamOptions) {
    this.#clock = clock;
    this.#options = options;
  }

  /** An idle connection, or a new one that is being made; it may be written to at once. */
  acquire(target: Target, fresh: boolean): UpstreamConnection {
    if (!fresh) {
      const idle = this.#idle.get(target.key);
      for (let kept = idle?.pop(); kept !== undefined; kept = idle?.pop()) {
        if (!kept.socket.destroyed && !kept.socket.readableEnded) return kept;
      }
    }
    return this.#open(target);
  }

  /** Closes what is idle towards a target: it has been replaced, and the old one may be gone without a word. */
  dropIdle(target: Target): void {
    const idle = this.#idle.get(target.key);
    this.#idle.delete(target.key);
    for (const connection of idle ?? []) connection.abandon();
  }

  /**
   * Fails what nobody at this target has accepted yet: an engine gives the address of a server that ended to the next one,
   * and who waits for it would come in there, with cookies of the former.
   */
  dropConnecting(target: Target): void {
    for (const connection of [...this.#connecting]) {
      if (this.#keys.get(connection) === target.key)
        connection.fail(new UpstreamError('unreachable', 'its route went before a server accepted'));
    }
  }

  takeBack(connection: UpstreamConnection): void {
    const key = this.#keys.get(connection);
    if (key === undefined) {
      connection.abandon();
      return;
    }
    let idle = this.#idle.get(key);
    if (idle === undefined) {
      idle = [];
      this.#idle.set(key, idle);
    }
    if (idle.length >= MAX_IDLE_PER_TARGET) connection.abandon();
    else idle.push(connection);
  }

  forget(connection: UpstreamConnection): void {
    this.#connecting.delete(connection);
    const key = this.#keys.get(connection);
    if (key === undefined) return;
    this.#keys.delete(connection);
    const idle = this.#idle.get(key);
    const index = idle?.indexOf(connection) ?? -1;
    if (index !== -1) idle?.splice(index, 1);
    if (idle?.length === 0) this.#idle.delete(key);
  }

  /** Ends connects that take too long and idle connections past their time. Called on each tick. */
  sweep(now: number): void {
    for (const connection of this.#connecting) {
      if (now - connection.lastByte > CONNECT_TIMEOUT_MS)
        connection.fail(new UpstreamError('timeout', 'the server did not accept a connection in time'));
    }
    for (const idle of this.#idle.values()) {
      for (const connection of idle.filter(
        (one) => now - one.idleSince > Math.min(MAX_IDLE_MS, one.idleLimitMs),
      ))
        connection.abandon();
    }
  }

  get idleCount(): number {
    let count = 0;
    for (const idle of this.#idle.values()) count += idle.length;
    return count;
  }

  get openCount(): number {
    return this.#keys.size;
  }

  close(): void {
    for (const idle of [...this.#idle.values()]) for (const connection of [...idle]) connection.abandon();
  }

  #open(target: Target): UpstreamConnection {
    const socket = this.#dial(target);
    socket.setNoDelay(true);
    // Half-open connections (a host gone without a word) are found by the kernel.
    socket.setKeepAlive(true, KEEPALIVE_PROBE_MS);
    const connection = new UpstreamConnection(socket, this, this.#clock);
    this.#keys.set(connection, target.key);
    this.#connecting.add(connection);
    socket.once(target.tls ? 'secureConnect' : 'connect', () => {
      connection.connected = true;
      this.#connecting.delete(connection);
    });
    return connection;
  }

  #dial(target: Target): Socket {
    if (target.socketPath !== undefined) return connectTcp({ path: target.socketPath });
    const { lookup } = this.#options;
    const address = {
      host: target.hostname,
      port: target.port,
      ...(lookup === undefined ? {} : { lookup, autoSelectFamily: true }),
    };
    if (!target.tls) return connectTcp(address);
    const servername = isIP(target.hostname) === 0 ? { servername: target.hostname } : {};
    return connectTls({
      ...address,
      ...servername,
      ...this.#options.tls(),
      rejectUnauthorized: this.#options.rejectUnauthorized,
    });
  }
}
