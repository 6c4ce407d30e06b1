import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { OpenExchange, OpenExchanges } from './open-exchanges.ts';
import type { ResponseHead } from './response-head.ts';
import { parseTarget, type Target } from './target.ts';
import type { ResponseSink, UpstreamConnection } from './upstream-connection.ts';
import { UpstreamError } from './upstream-error.ts';
import type { UpstreamPools } from './upstream-pool.ts';

export interface ErrorBody {
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type ErrorBodyHandler = (page: ErrorBody | undefined) => void;

const DEADLINE_MS = 5_000;
const MAX_PAGE_BYTES = 1024 * 1024;
const RELAYED = new Map([
  ['content-type', 'Content-Type'],
  ['content-encoding', 'Content-Encoding'],
  ['content-language', 'Content-Language'],
  ['content-security-policy', 'Content-Security-Policy'],
]);

/** The server that explains errors: `GET <target>/<code>?url=<escaped>`, as configurable-http-proxy asks it. */
export class ErrorTarget {
  readonly #target: Target;
  readonly #pools: UpstreamPools;
  readonly #open: OpenExchanges;
  readonly #clock: Clock;
  readonly #log: Logger;

  /** Throws Refusal when `url` is not an acceptable target. */
  constructor(url: string, pools: UpstreamPools, open: OpenExchanges, clock: Clock, log: Logger) {
    this.#target = parseTarget(url);
    this.#pools = pools;
    this.#open = open;
    this.#clock = clock;
    this.#log = log;
  }

  /**
   * Calls back once: with the page, or with undefined when there is none to be had in time. `languages` is the
   * browser's Accept-Language, so that the page speaks to whoever reads it; nothing else of the request goes along.
   */
  fetch(status: number, url: string, languages: string | undefined, handler: ErrorBodyHandler): void {
    const path = `${this.#target.basePath}/${status}?url=${encodeURIComponent(url)}`;
    const connection = this.#pools.acquire(this.#target, true);
    const head = `GET ${path} HTTP/1.1\r\nHost: ${this.#target.authority}\r\nConnection: keep-alive\r\n${wish(languages)}\r\n`;
    const done = (page: ErrorBody | undefined, reason: string): void => {
      this.#open.requests.delete(exchange);
      if (page === undefined)
        this.#log.error({ target: this.#target.url, reason }, 'no page from the error target');
      handler(page);
    };
    const exchange = new ErrorExchange(connection, this.#clock.now + DEADLINE_MS, done);
    this.#open.requests.add(exchange);
    connection.send('GET', head, exchange, false);
  }
}

/** A header line, or nothing when the browser's is none that a header should hold. */
function wish(languages: string | undefined): string {
  return languages !== undefined && /^[\w ,;=.*-]{1,200}$/.test(languages)
    ? `Accept-Language: ${languages}\r\n`
    : '';
}

class ErrorExchange implements ResponseSink, OpenExchange {
  place = -1;
  readonly #connection: UpstreamConnection;
  readonly #deadline: number;
  readonly #done: (page: ErrorBody | undefined, reason: string) => void;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #headers: Record<string, string> = {};

  constructor(
    connection: UpstreamConnection,
    deadline: number,
    done: (page: ErrorBody | undefined, reason: string) => void,
  ) {
    this.#connection = connection;
    this.#deadline = deadline;
    this.#done = done;
  }

  responseHead(head: ResponseHead): void {
    for (let i = 0; i < head.headers.length; i += 2) {
      const name = RELAYED.get((head.headers[i] ?? '').toLowerCase());
      if (name !== undefined) this.#headers[name] = head.headers[i + 1] ?? '';
    }
  }

  bodyData(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > MAX_PAGE_BYTES)
      this.#connection.fail(new UpstreamError('garbage', 'the error page is too large'));
    else this.#chunks.push(chunk);
  }

  responseEnd(): void {
    const { 'Content-Type': contentType = 'text/html', ...headers } = this.#headers;
    this.#done({ contentType, headers, body: Buffer.concat(this.#chunks) }, '');
  }

  responseFailed(error: UpstreamError): void {
    this.#done(undefined, error.message);
  }

  check(now: number): void {
    if (now > this.#deadline)
      this.#connection.fail(new UpstreamError('timeout', 'the error target did not answer in time'));
  }

  close(): void {
    this.#connection.fail(new UpstreamError('aborted', 'the proxy is stopping'));
  }

  upgraded(_head: ResponseHead, socket: Socket): void {
    socket.destroy();
  }

  responseInformation(): void {}
  readDone(): void {}
  drained(): void {}
}
