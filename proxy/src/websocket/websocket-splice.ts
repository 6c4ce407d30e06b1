import type { Socket } from 'node:net';
import type { ProxyContext } from '../context.ts';
import { WatchedVisit } from '../guard/watched-visit.ts';
import { fillsItsMemory, freeing } from '../http/free-chunk.ts';
import type { OpenExchange } from '../open-exchanges.ts';
import type { Chosen } from '../routes/choose-route.ts';
import { type LiveRoute, touch } from '../routes/route.ts';
import { FrameWatcher } from './websocket-frames.ts';

/** After one end said goodbye, how long the other may still talk. */
const HALF_CLOSED_MS = 5_000;
/** The kernel asks a silent peer after this; a dead one is found within a few minutes. */
const KEEPALIVE_PROBE_MS = 30_000;

/** Joins two sockets of an accepted WebSocket: bytes pass as they are, and the route sees the activity. */
export function splice(
  context: ProxyContext,
  route: LiveRoute,
  client: Socket,
  server: Socket,
  who: Pick<Chosen, 'admitted' | 'words'>,
): void {
  new Splice(context, route, client, server, who).start();
}

class Splice implements OpenExchange {
  place = -1;
  readonly #context: ProxyContext;
  readonly #route: LiveRoute;
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #fromClient = new FrameWatcher();
  readonly #fromServer = new FrameWatcher();
  /** On a guarded route: the person's leave to be here. */
  readonly #visit: WatchedVisit | undefined;
  /** What the visitor is known by: they may be barred while it is open. */
  readonly #words: readonly string[];
  #halfClosedSince = 0;
  #open = true;

  constructor(
    context: ProxyContext,
    route: LiveRoute,
    client: Socket,
    server: Socket,
    { admitted, words = [] }: Pick<Chosen, 'admitted' | 'words'>,
  ) {
    this.#context = context;
    this.#route = route;
    this.#client = client;
    this.#server = server;
    this.#visit = admitted === undefined ? undefined : new WatchedVisit(context.gate, admitted.visit);
    this.#words = words;
  }

  start(): void {
    const client = this.#client;
    const server = this.#server;
    this.#context.open.webSockets.add(this);
    this.#context.counts.openWebSockets += 1;
    touch(this.#route, this.#context.clock, true);
    for (const socket of [client, server]) {
      socket.setTimeout(0);
      socket.setNoDelay(true);
      socket.setKeepAlive(true, KEEPALIVE_PROBE_MS);
      socket.on('end', this.#onEnd);
      socket.on('close', this.#onClose);
    }
    client.on('data', this.#clientData);
    server.on('data', this.#serverData);
    client.on('drain', this.#clientDrain);
    server.on('drain', this.#serverDrain);
    server.on('error', (error) => this.#context.log.debug({ reason: error.message }, 'server socket error'));
    client.resume();
    server.resume();
  }

  check(now: number): void {
    const { cut, current } = this.#route.state;
    const barred = current?.barred?.has(this.#words) === true;
    if (cut || barred || this.#visit?.isOver(current?.guard, this.#context.clock) === true) {
      this.close();
      return;
    }
    if (this.#halfClosedSince !== 0 && now - this.#halfClosedSince > HALF_CLOSED_MS) this.close();
  }

  close(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  #clientData = (chunk: Buffer): void => {
    const { counts, clock } = this.#context;
    counts.bytesToServers += chunk.length;
    if (this.#fromClient.sawData(chunk)) {
      touch(this.#route, clock, true);
      // The server may have fallen asleep under an open socket: whoever types wakes it.
      this.#context.waiting.nudge(this.#route);
    }
    if (!this.#server.write(chunk, freeing(chunk, fillsItsMemory(chunk)))) this.#client.pause();
  };

  #serverData = (chunk: Buffer): void => {
    const { counts, clock } = this.#context;
    counts.bytesToClients += chunk.length;
    if (this.#fromServer.sawData(chunk)) touch(this.#route, clock, false);
    if (!this.#client.write(chunk, freeing(chunk, fillsItsMemory(chunk)))) this.#server.pause();
  };

  #clientDrain = (): void => {
    this.#server.resume();
  };

  #serverDrain = (): void => {
    this.#client.resume();
  };

  #onEnd = (): void => {
    this.#halfClosedSince ||= this.#context.clock.now;
    this.#client.end();
    this.#server.end();
  };

  // The other end still gets what was said before this one closed, for a bounded time.
  #onClose = (): void => {
    this.#halfClosedSince ||= this.#context.clock.now;
    this.#client.destroySoon();
    this.#server.destroySoon();
    if (!this.#open || !this.#client.closed || !this.#server.closed) return;
    this.#open = false;
    this.#context.open.webSockets.delete(this);
    this.#context.counts.openWebSockets -= 1;
  };
}
