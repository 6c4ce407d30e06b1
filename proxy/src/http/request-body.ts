import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock.ts';
import type { UpstreamConnection } from '../upstream/upstream-connection.ts';
import { passableTrailers } from './response-fields.ts';

/** A body that brings no byte for this long, while we are ready for more, is given up. */
const STALLED_BODY_MS = 60_000;

/** Carries a request's body to the server in the framing it came in, at the speed of the slower side. */
export class RequestBody {
  readonly #request: IncomingMessage;
  readonly #chunked: boolean;
  readonly #clock: Clock;
  readonly #onBytes: (bytes: number) => void;
  #connection: UpstreamConnection | undefined;
  #paused = false;
  #lastByte: number;
  complete = false;

  constructor(
    request: IncomingMessage,
    framing: 'length' | 'chunked',
    clock: Clock,
    onBytes: (bytes: number) => void,
  ) {
    this.#request = request;
    this.#chunked = framing === 'chunked';
    this.#clock = clock;
    this.#onBytes = onBytes;
    this.#lastByte = clock.now;
  }

  pipeTo(connection: UpstreamConnection): void {
    this.#connection = connection;
    this.#request.on('data', this.#onData);
    this.#request.on('end', this.#onEnd);
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#lastByte = this.#clock.now;
    this.#request.resume();
  }

  /** Reads the rest without passing it on. */
  discard(): void {
    this.#connection = undefined;
    this.#paused = false;
    this.#request.resume();
  }

  stalled(now: number): boolean {
    return !this.complete && !this.#paused && now - this.#lastByte > STALLED_BODY_MS;
  }

  #onData = (chunk: Buffer): void => {
    this.#lastByte = this.#clock.now;
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#onBytes(chunk.length);
    if (this.#chunked) connection.write(`${chunk.length.toString(16)}\r\n`);
    let more = connection.write(chunk);
    if (this.#chunked) more = connection.write('\r\n');
    if (more) return;
    this.#paused = true;
    this.#request.pause();
  };

  #onEnd = (): void => {
    this.complete = true;
    const connection = this.#connection;
    if (connection === undefined) return;
    // The mark goes first: the server may answer the last byte before this function returns.
    connection.endRequest();
    if (!this.#chunked) return;
    const trailers = passableTrailers(this.#request.rawTrailers).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    connection.write(`0\r\n${trailers.join('')}\r\n`);
  };
}
