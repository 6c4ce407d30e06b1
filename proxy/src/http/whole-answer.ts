import type { Socket } from 'node:net';
import type { OpenExchange, OpenExchanges } from '../open-exchanges.ts';
import type { ResponseSink, UpstreamConnection } from '../upstream/upstream-connection.ts';
import { UpstreamError } from '../upstream/upstream-error.ts';
import type { ResponseHead } from './response-head.ts';

/** An answer that was asked for by the proxy itself, read to its end. */
export interface WholeAnswer {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** A question without a body. */
export interface Question {
  readonly method: string;
  /** Request line and header lines, with the empty line at the end. */
  readonly head: string;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly maxBytes: number;
}

export type WholeAnswerHandler = (answer: WholeAnswer | undefined, reason: string) => void;

/** Asks over a connection of its own. Calls back once: with the whole answer, or with undefined and why there is none. */
export function askWhole(
  connection: UpstreamConnection,
  open: OpenExchanges,
  question: Question,
  handler: WholeAnswerHandler,
): void {
  const exchange = new WholeExchange(connection, question, (answer, reason) => {
    open.requests.delete(exchange);
    handler(answer, reason);
  });
  open.requests.add(exchange);
  connection.send(question.method, question.head, exchange, false);
}

class WholeExchange implements ResponseSink, OpenExchange {
  place = -1;
  readonly #connection: UpstreamConnection;
  readonly #question: Question;
  readonly #done: WholeAnswerHandler;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #status = 0;
  #headers: readonly string[] = [];

  constructor(connection: UpstreamConnection, question: Question, done: WholeAnswerHandler) {
    this.#connection = connection;
    this.#question = question;
    this.#done = done;
  }

  responseHead(head: ResponseHead): void {
    this.#status = head.status;
    this.#headers = head.headers;
  }

  bodyData(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#question.maxBytes)
      this.#connection.fail(new UpstreamError('garbage', 'the answer is too large'));
    else this.#chunks.push(chunk);
  }

  responseEnd(): void {
    this.#done({ status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) }, '');
  }

  responseFailed(error: UpstreamError): void {
    this.#done(undefined, error.message);
  }

  check(now: number): void {
    if (now > this.#question.deadline)
      this.#connection.fail(new UpstreamError('timeout', 'no whole answer in time'));
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
