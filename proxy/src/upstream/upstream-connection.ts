import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { type BodySink, ChunkedDecoder } from '../http/body-decoder.ts';
import { fillsItsMemory, freeing } from '../http/free-chunk.ts';
import { BadResponse, MAX_HEAD_BYTES, parseResponseHead, type ResponseHead } from '../http/response-head.ts';
import { UpstreamError } from './upstream-error.ts';

/** What happens on a connection while one response is read. After responseEnd, responseFailed or upgraded: silence. */
export interface ResponseSink extends BodySink {
  /** A 1xx other than 101. */
  responseInformation(head: ResponseHead): void;
  responseHead(head: ResponseHead): void;
  /** All of one read is handed over: write out now what was kept back to be joined. */
  readDone(): void;
  responseEnd(trailers: readonly string[]): void;
  responseFailed(error: UpstreamError, mayRetry: boolean): void;
  /** The connection takes more of the request's body. */
  drained(): void;
  /** 101 to a request that asked for it. The socket now belongs to the sink. */
  upgraded(head: ResponseHead, socket: Socket, rest: Buffer): void;
}

/** Where a connection goes when its exchange is over. */
export interface ConnectionHome {
  takeBack(connection: UpstreamConnection): void;
  forget(connection: UpstreamConnection): void;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const MAX_INFORMATION = 16;
const NO_BYTES: Buffer = Buffer.alloc(0);

/** One connection to a server: writes a request, reads its response strictly, and goes back to its pool or dies. */
export class UpstreamConnection {
  readonly socket: Socket;
  readonly home: ConnectionHome;
  readonly clock: Clock;
  /** Has an earlier exchange gone over this connection? Then its loss may be a stale socket, not a dead server. */
  reused = false;
  connected = false;
  idleSince = 0;
  idleLimitMs = 0;
  /** Time of the last byte in either direction. */
  lastByte: number;
  #sink: ResponseSink | undefined;
  #method = 'GET';
  #state: 'idle' | 'head' | 'length' | 'chunked' | 'close' = 'idle';
  #head = '';
  #left = 0;
  #decoder: ChunkedDecoder | undefined;
  #keepAlive = false;
  #requestDone = false;
  #sawBytes = false;
  #informations = 0;
  #wantsUpgrade = false;
  #error: Error | undefined;

  constructor(socket: Socket, home: ConnectionHome, clock: Clock) {
    this.socket = socket;
    this.home = home;
    this.clock = clock;
    this.lastByte = clock.now;
    socket.on('data', this.#onData);
    socket.on('drain', this.#onDrain);
    socket.on('end', this.#onEnd);
    socket.on('error', this.#onError);
    socket.on('close', this.#onClose);
  }

  /** Writes a request head. `hasBody`: the body follows by `write`, its end by `endRequest`. */
  send(method: string, head: string, sink: ResponseSink, hasBody: boolean, wantsUpgrade = false): void {
    this.#method = method;
    this.#sink = sink;
    this.#state = 'head';
    this.#head = '';
    this.#sawBytes = false;
    this.#informations = 0;
    this.#requestDone = !hasBody;
    this.#wantsUpgrade = wantsUpgrade;
    this.lastByte = this.clock.now;
    this.socket.write(head, 'latin1');
  }

  /** Writes bytes of the request's body, framed already. False: wait for `drained`. */
  write(bytes: Buffer | string): boolean {
    this.lastByte = this.clock.now;
    if (typeof bytes === 'string') return this.socket.write(bytes, 'latin1');
    return this.socket.write(bytes, freeing(bytes, fillsItsMemory(bytes)));
  }

  endRequest(): void {
    this.#requestDone = true;
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Ends the exchange from our side; the sink hears nothing more. */
  abandon(): void {
    this.#sink = undefined;
    this.socket.destroy();
  }

  /** Ends the exchange for a reason the sink shall hear. */
  fail(error: UpstreamError): void {
    const sink = this.#sink;
    const mayRetry = this.reused && !this.#sawBytes && error.failure === 'closed';
    this.abandon();
    sink?.responseFailed(error, mayRetry);
  }

  #onData = (chunk: Buffer): void => {
    // Bytes nobody asked for: whatever they are, they must not become the answer to the next request.
    if (this.#sink === undefined || this.#state === 'idle') {
      this.abandon();
      return;
    }
    this.lastByte = this.clock.now;
    this.#sawBytes = true;
    const sink = this.#sink;
    try {
      this.#read(chunk, sink);
    } catch (error) {
      // Whatever a response can trigger, Node's refusal to write it on included, ends this exchange and nothing else.
      this.fail(new UpstreamError('garbage', error instanceof Error ? error.message : String(error), error));
      return;
    }
    if (this.#sink === sink) sink.readDone();
  };

  #read(chunk: Buffer, sink: ResponseSink): void {
    let at = 0;
    while (at < chunk.length && this.#sink === sink) {
      if (this.#state === 'head') at = this.#readHead(chunk, at, sink);
      else if (this.#state === 'length') at = this.#readLength(chunk, at, sink);
      else if (this.#state === 'chunked') at = this.#readChunked(chunk, at, sink);
      else {
        sink.bodyData(at === 0 ? chunk : chunk.subarray(at), true);
        at = chunk.length;
      }
    }
  }

  #readHead(chunk: Buffer, at: number, sink: ResponseSink): number {
    // Where the empty line starts, counted in `chunk`; before it, if the end straddles this read and the last.
    let end = chunk.indexOf(HEAD_END, at);
    let found = end !== -1;
    if (this.#head !== '') {
      const tail = this.#head.slice(-3);
      const inSeam = (tail + chunk.toString('latin1', at, Math.min(chunk.length, at + 3))).indexOf(
        '\r\n\r\n',
      );
      if (inSeam !== -1) {
        end = at + inSeam - tail.length;
        found = true;
      }
    }
    const size = (found ? end : chunk.length) - at;
    if (this.#head.length + size > MAX_HEAD_BYTES) throw new BadResponse('head too large');
    if (!found) {
      this.#head += chunk.toString('latin1', at);
      if (!'HTTP/1.'.startsWith(this.#head.slice(0, 7))) throw new BadResponse('not HTTP/1');
      return chunk.length;
    }
    const text = end >= at ? this.#head + chunk.toString('latin1', at, end) : this.#head.slice(0, end - at);
    this.#head = '';
    this.#takeHead(parseResponseHead(text, this.#method), chunk, end + 4, sink);
    return end + 4;
  }

  #takeHead(head: ResponseHead, chunk: Buffer, bodyStart: number, sink: ResponseSink): void {
    if (head.status === 101) {
      if (!this.#wantsUpgrade || head.upgrade?.toLowerCase() !== 'websocket')
        throw new BadResponse('101 nobody asked for');
      this.#handOver(head, bodyStart < chunk.length ? chunk.subarray(bodyStart) : NO_BYTES, sink);
      return;
    }
    if (head.status < 200) {
      this.#informations += 1;
      if (this.#informations > MAX_INFORMATION) throw new BadResponse('too many interim responses');
      sink.responseInformation(head);
      return;
    }
    this.#keepAlive = head.keepAlive;
    this.idleLimitMs =
      head.idleSeconds === undefined ? Number.POSITIVE_INFINITY : (head.idleSeconds - 1) * 1000;
    this.#left = head.length;
    if (head.framing === 'chunked') this.#decoder = new ChunkedDecoder();
    if (head.framing !== 'none') this.#state = head.framing;
    sink.responseHead(head);
    if (head.framing === 'none' && this.#sink === sink) this.#finish(bodyStart === chunk.length, [], sink);
  }

  #readLength(chunk: Buffer, at: number, sink: ResponseSink): number {
    const end = Math.min(chunk.length, at + this.#left);
    this.#left -= end - at;
    sink.bodyData(at === 0 && end === chunk.length ? chunk : chunk.subarray(at, end), true);
    if (this.#left === 0 && this.#sink === sink) this.#finish(end === chunk.length, [], sink);
    return end;
  }

  #readChunked(chunk: Buffer, at: number, sink: ResponseSink): number {
    const decoder = this.#decoder;
    if (decoder === undefined) throw new BadResponse('no decoder');
    const end = decoder.decode(chunk, at, sink);
    if (decoder.done && this.#sink === sink) this.#finish(end === chunk.length, decoder.trailers, sink);
    return end;
  }

  /** The response is complete. `clean`: no byte came after it. */
  #finish(clean: boolean, trailers: readonly string[], sink: ResponseSink): void {
    this.#sink = undefined;
    this.#state = 'idle';
    this.#decoder = undefined;
    // Anything but a request and a response that both ended where they said: this connection carries no other.
    const reusable = clean && this.#keepAlive && this.#requestDone && !this.#wantsUpgrade;
    if (reusable && !this.socket.destroyed && this.idleLimitMs > 0) {
      this.reused = true;
      this.idleSince = this.clock.now;
      // A paused socket in the pool would never notice that its peer closed it.
      this.socket.resume();
      this.home.takeBack(this);
    } else {
      this.socket.destroy();
    }
    sink.responseEnd(trailers);
  }

  #handOver(head: ResponseHead, rest: Buffer, sink: ResponseSink): void {
    this.#sink = undefined;
    this.home.forget(this);
    this.socket.off('data', this.#onData);
    this.socket.off('drain', this.#onDrain);
    this.socket.off('end', this.#onEnd);
    this.socket.off('error', this.#onError);
    this.socket.off('close', this.#onClose);
    sink.upgraded(head, this.socket, rest);
  }

  #onDrain = (): void => {
    this.#sink?.drained();
  };

  #onEnd = (): void => {
    if (this.#state === 'close' && this.#sink !== undefined) this.#finish(false, [], this.#sink);
    else if (this.#sink !== undefined)
      this.fail(
        new UpstreamError('closed', 'the server closed the connection before its answer was complete'),
      );
    else this.socket.destroy();
  };

  #onError = (error: Error): void => {
    this.#error = error;
  };

  #onClose = (): void => {
    this.home.forget(this);
    if (this.#sink === undefined) return;
    const failure = this.connected ? 'closed' : 'unreachable';
    this.fail(
      new UpstreamError(failure, this.#error?.message ?? 'the server closed the connection', this.#error),
    );
  };
}
