import type { Socket } from 'node:net';
import type { ProxyContext } from '../context.ts';
import { withPrefix } from '../http/put-prefix-back.ts';
import { notebookHeaders, withoutTrailer } from '../http/response-fields.ts';
import type { ResponseHead } from '../http/response-head.ts';
import type { OpenExchange } from '../open-exchanges.ts';
import { closeAfterAnswer } from '../pages/error-page.ts';
import type { Chosen } from '../routes/choose-route.ts';
import type { ResponseSink, UpstreamConnection } from '../upstream/upstream-connection.ts';
import { UpstreamError } from '../upstream/upstream-error.ts';
import { splice } from './websocket-splice.ts';

const HANDSHAKE_TIMEOUT_MS = 30_000;
/** What a client may send before its upgrade is answered. A polite one sends nothing. */
export const MAX_EARLY_BYTES = 64 * 1024;

/** An upgrade on its way: asks the server, and joins the sockets if it agrees. */
export class WebSocketHandshake implements ResponseSink, OpenExchange {
  place = -1;
  /** Told as a request under way: a server that was put to sleep now would never answer it. */
  readonly path: string;
  readonly #context: ProxyContext;
  readonly #chosen: Chosen;
  readonly #client: Socket;
  readonly #early: Buffer[];
  readonly #deadline: number;
  #earlyBytes: number;
  #connection: UpstreamConnection | undefined;
  #answered = false;

  constructor(context: ProxyContext, chosen: Chosen, client: Socket, early: Buffer) {
    this.path = chosen.route.path;
    this.#context = context;
    this.#chosen = chosen;
    this.#client = client;
    this.#early = early.length > 0 ? [early] : [];
    this.#earlyBytes = early.length;
    this.#deadline = context.clock.now + HANDSHAKE_TIMEOUT_MS;
  }

  start(): void {
    const { route, fields, upstreamUrl, method } = this.#chosen;
    const { settings, pools, open } = this.#context;
    open.requests.add(this);
    // The client is read while it waits: a paused socket never tells that its peer is gone.
    this.#client.on('data', this.#onEarly);
    this.#client.on('end', this.#onClientGone);
    this.#client.on('close', this.#onClientGone);
    this.#connection = pools.acquire(route.target, true);
    const host = settings.changeOrigin || fields.host === '' ? route.target.authority : fields.host;
    const head = `${method} ${upstreamUrl} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${fields.lines}\r\n`;
    this.#connection.send(method, head, this, false, true);
  }

  upgraded(head: ResponseHead, server: Socket, rest: Buffer): void {
    this.#leave();
    const { route } = this.#chosen;
    this.#context.counts.countProxied(101);
    this.#client.write(
      `HTTP/1.1 101 ${head.reason}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${this.#headerLines(head)}\r\n`,
      'latin1',
    );
    if (rest.length > 0) this.#client.write(rest);
    for (const chunk of this.#early) server.write(chunk);
    splice(this.#context, route, this.#client, server, this.#chosen);
  }

  // Not an upgrade: the answer is relayed once, without a way to go on.
  responseHead(head: ResponseHead): void {
    this.#answered = true;
    this.#context.counts.countProxied(head.status);
    this.#client.write(
      `HTTP/1.1 ${head.status} ${head.reason}\r\nConnection: close\r\n${this.#headerLines(head)}\r\n`,
      'latin1',
    );
  }

  bodyData(chunk: Buffer): void {
    if (this.#client.write(chunk)) return;
    this.#connection?.pause();
    this.#client.once('drain', () => this.#connection?.resume());
  }

  responseEnd(): void {
    this.#leave();
    closeAfterAnswer(this.#client);
  }

  responseFailed(error: UpstreamError): void {
    this.#leave();
    const { route } = this.#chosen;
    this.#context.log.warn(
      { route: route.path, target: route.target.url, failure: error.failure, reason: error.message },
      'no WebSocket from the server',
    );
    if (this.#answered) this.#client.destroy();
    else
      this.#context.errors.answerUpgrade(
        this.#client,
        error.status,
        'The server does not accept the WebSocket.',
      );
  }

  check(now: number): void {
    if (now > this.#deadline)
      this.#connection?.fail(new UpstreamError('timeout', 'the WebSocket handshake took too long'));
  }

  close(): void {
    this.#connection?.fail(new UpstreamError('closed', 'the proxy is stopping'));
  }

  responseInformation(): void {}
  readDone(): void {}
  drained(): void {}

  #headerLines(head: ResponseHead): string {
    const { route, admitted, fields } = this.#chosen;
    const given =
      route.prefix === undefined ? head.headers : withPrefix(head.headers, route.prefix, fields.host);
    const kept = withoutTrailer(route.isNotebook ? notebookHeaders(given, route.path) : given);
    let lines = '';
    for (let i = 0; i < kept.length; i += 2) lines += `${kept[i]}: ${kept[i + 1]}\r\n`;
    return admitted?.setCookie === undefined ? lines : `${lines}Set-Cookie: ${admitted.setCookie}\r\n`;
  }

  #onEarly = (chunk: Buffer): void => {
    this.#earlyBytes += chunk.length;
    this.#early.push(chunk);
    if (this.#earlyBytes <= MAX_EARLY_BYTES) return;
    this.#onClientGone();
    this.#client.destroy();
  };

  #onClientGone = (): void => {
    this.#leave();
    this.#connection?.abandon();
    this.#client.destroySoon();
  };

  #leave(): void {
    this.#context.open.requests.delete(this);
    this.#client.off('data', this.#onEarly);
    this.#client.off('end', this.#onClientGone);
    this.#client.off('close', this.#onClientGone);
  }
}
