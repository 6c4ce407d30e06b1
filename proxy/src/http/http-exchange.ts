import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ProxyContext } from '../context.ts';
import type { OpenExchange } from '../open-exchanges.ts';
import type { Chosen } from '../routes/choose-route.ts';
import { leadsThere, touch } from '../routes/route.ts';
import type { ResponseSink, UpstreamConnection } from '../upstream/upstream-connection.ts';
import { UpstreamError } from '../upstream/upstream-error.ts';
import { freeing } from './free-chunk.ts';
import { withPrefix } from './put-prefix-back.ts';
import { RequestBody } from './request-body.ts';
import { notebookHeaders, passableTrailers, rewriteLocation, withoutTrailer } from './response-fields.ts';
import type { ResponseHead } from './response-head.ts';

/** Up to this size copying a body costs less than writing it apart from its head. */
const SMALL_BODY_BYTES = 8 * 1024;
/** A client that takes no byte of its answer for this long is given up. */
const STALLED_READER_MS = 300_000;
/** After an early answer, how long the rest of the request's body is read and thrown away, so that the answer arrives. */
const LINGER_MS = 10_000;

/** One request on its way: to the server over a connection of its pool, and the answer back to the client. */
export class HttpExchange implements ResponseSink, OpenExchange {
  place = -1;
  readonly path: string;
  readonly #context: ProxyContext;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #chosen: Chosen;
  readonly #body: RequestBody | undefined;
  #connection: UpstreamConnection | undefined;
  #pending: Buffer | undefined;
  #pendingSole = false;
  /** The response's head is written but may still be joined to the first bytes of its body. */
  #headHeld = false;
  /** Does this exchange count as activity? Only successful ones do. */
  #counts = false;
  #over = false;
  #blockedSince = 0;
  #lingerSince = 0;

  constructor(context: ProxyContext, request: IncomingMessage, response: ServerResponse, chosen: Chosen) {
    this.path = chosen.route.path;
    this.#context = context;
    this.#request = request;
    this.#response = response;
    this.#chosen = chosen;
    const { framing } = chosen.fields;
    this.#body =
      framing === 'none' ? undefined : new RequestBody(request, framing, context.clock, this.#onUpload);
  }

  start(): void {
    this.#context.open.requests.add(this);
    this.#response.on('close', this.#onClientClose);
    this.#send(false);
  }

  #send(fresh: boolean): void {
    const { method, route, fields, upstreamUrl } = this.#chosen;
    const safe = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
    // What may not be sent twice is not sent on a connection that may be stale.
    const connection = this.#context.pools.acquire(route.target, fresh || !safe || this.#body !== undefined);
    this.#connection = connection;
    const host =
      this.#context.settings.changeOrigin || fields.host === '' ? route.target.authority : fields.host;
    const head = `${method} ${upstreamUrl} HTTP/1.1\r\nHost: ${host}\r\nConnection: keep-alive\r\n${fields.lines}\r\n`;
    connection.send(method, head, this, this.#body !== undefined);
    this.#body?.pipeTo(connection);
  }

  responseInformation(head: ResponseHead): void {
    if (this.#response.headersSent || this.#request.httpVersionMinor === 0) return;
    if (head.status !== 100) this.#response.writeInformation(head.status, pairsToObject(head.headers));
    // A 100 the client did not ask for would only confuse it.
    else if (this.#chosen.fields.expectsContinue) this.#response.writeContinue();
  }

  responseHead(head: ResponseHead): void {
    const { route, fields } = this.#chosen;
    const { settings, counts } = this.#context;
    let { headers } = head;
    if (this.#chosen.rewrite !== undefined) headers = this.#chosen.rewrite(headers);
    if (route.prefix !== undefined) headers = withPrefix(headers, route.prefix, fields.host);
    if (route.isNotebook) headers = notebookHeaders(headers, route.path);
    if (settings.autoRewrite || settings.protocolRewrite !== undefined) {
      headers = rewriteLocation(headers, head.status, route.target.authority, fields.host, settings);
    }
    if (head.framing !== 'chunked' || this.#request.httpVersionMinor === 0) headers = withoutTrailer(headers);
    const fresh = this.#chosen.admitted?.setCookie;
    if (fresh !== undefined) headers = [...headers, 'Set-Cookie', fresh];
    this.#counts = head.status < 300;
    counts.countProxied(head.status);
    this.#response.writeHead(head.status, head.reason, headers);
    this.#headHeld = true;
  }

  bodyData(chunk: Buffer, sole: boolean): void {
    if (this.#pending !== undefined) this.#write(this.#pending, this.#pendingSole);
    this.#pending = chunk;
    this.#pendingSole = sole;
  }

  readDone(): void {
    if (this.#pending !== undefined) {
      this.#write(this.#pending, this.#pendingSole);
      this.#pending = undefined;
    } else if (this.#headHeld) {
      // The head came alone: whoever waits for the first event of a stream must see that it is open.
      this.#headHeld = false;
      this.#response.flushHeaders();
    }
  }

  responseEnd(trailers: readonly string[]): void {
    this.#over = true;
    if (this.#counts) touch(this.#chosen.route, this.#context.clock, this.#chosen.personal);
    const last = this.#pending;
    this.#pending = undefined;
    if (trailers.length > 0 && this.#request.httpVersionMinor === 1)
      this.#response.addTrailers(passableTrailers(trailers));
    if (last === undefined) this.#response.end();
    else {
      this.#context.counts.bytesToClients += last.length;
      // A small body joins its head in one string, and both leave in one plain write.
      if (last.length <= SMALL_BODY_BYTES) this.#response.end(last.toString('latin1'), 'latin1');
      else this.#response.end(last);
    }
    if (this.#body === undefined || this.#body.complete) this.#context.open.requests.delete(this);
    else this.#linger();
  }

  responseFailed(error: UpstreamError, mayRetry: boolean): void {
    if (this.#over) return;
    // Only where the route still leads: an address that was given up may be another server's.
    if (mayRetry && this.#body === undefined && leadsThere(this.#chosen.route)) {
      this.#send(true);
      return;
    }
    const { route, method } = this.#chosen;
    this.#context.log.warn(
      { route: route.path, target: route.target.url, method, failure: error.failure, reason: error.message },
      'no answer from the server',
    );
    if (this.#response.headersSent) {
      this.#finish();
      // The client must see that the answer is not whole.
      this.#response.destroy();
      return;
    }
    this.#over = true;
    this.#context.errors.answer(this.#request, this.#response, error.status, sentenceFor(error));
    if (this.#body === undefined || this.#body.complete) this.#context.open.requests.delete(this);
    else this.#linger();
  }

  drained(): void {
    this.#body?.resume();
  }

  upgraded(_head: ResponseHead, socket: Socket): void {
    // Cannot be: only a connection that was asked to upgrade reports it. An unasked tunnel is closed.
    socket.destroy();
    this.responseFailed(new UpstreamError('garbage', 'the server switched protocols unasked'), false);
  }

  check(now: number): void {
    // A response that waits its turn behind another on the same connection is never told that the client left.
    if (this.#request.socket.destroyed) {
      this.#onClientClose();
      return;
    }
    if (this.#lingerSince !== 0) {
      if (this.#body?.complete === true) this.#finish();
      else if (now - this.#lingerSince > LINGER_MS) this.#giveUp();
      return;
    }
    const { timeout, proxyTimeout } = this.#context.settings;
    const quiet = now - (this.#connection?.lastByte ?? now);
    if (this.#body?.stalled(now) === true) this.#refuseSlowBody();
    else if (this.#blockedSince !== 0 && now - this.#blockedSince > STALLED_READER_MS) this.#giveUp();
    else if (this.#blockedSince === 0 && proxyTimeout > 0 && quiet > proxyTimeout)
      this.#connection?.fail(new UpstreamError('timeout', `no byte for ${quiet} ms`));
    else if (timeout > 0 && quiet > timeout) this.#giveUp();
  }

  close(): void {
    this.#giveUp();
  }

  #write(chunk: Buffer, sole: boolean): void {
    const { clock, counts } = this.#context;
    this.#headHeld = false;
    counts.bytesToClients += chunk.length;
    if (this.#counts) touch(this.#chosen.route, clock, this.#chosen.personal);
    if (this.#response.write(chunk, freeing(chunk, sole)) || this.#blockedSince !== 0) return;
    this.#blockedSince = clock.now;
    this.#connection?.pause();
    this.#response.once('drain', () => {
      this.#blockedSince = 0;
      if (!this.#over) this.#connection?.resume();
    });
  }

  #onUpload = (bytes: number): void => {
    this.#context.counts.bytesToServers += bytes;
    touch(this.#chosen.route, this.#context.clock, this.#chosen.personal);
  };

  #onClientClose = (): void => {
    if (this.#over) {
      const { socket } = this.#request;
      if (this.#lingerSince === 0 || socket.destroyed) this.#finish();
      return;
    }
    this.#context.counts.clientAborts += 1;
    this.#giveUp();
  };

  #refuseSlowBody(): void {
    this.#over = true;
    this.#connection?.abandon();
    if (this.#response.headersSent) this.#response.destroy();
    else
      this.#context.errors.answer(
        this.#request,
        this.#response,
        408,
        'The request’s body stopped coming.',
        true,
      );
    this.#finish();
  }

  /** The answer is out but the request is not: take the rest of it for a while, or the client may lose the answer. */
  #linger(): void {
    this.#lingerSince = this.#context.clock.now;
    this.#body?.discard();
  }

  #giveUp(): void {
    const open = !this.#over;
    this.#finish();
    if (open) this.#connection?.abandon();
    this.#response.destroy();
    this.#request.destroy();
  }

  #finish(): void {
    this.#over = true;
    this.#context.open.requests.delete(this);
  }
}

function pairsToObject(headers: readonly string[]): Record<string, string | string[]> {
  const object: Record<string, string | string[]> = {};
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    const value = headers[i + 1] ?? '';
    const before = object[name];
    object[name] = before === undefined ? value : [before, value].flat();
  }
  return object;
}

function sentenceFor(error: UpstreamError): string {
  if (error.failure === 'timeout') return 'The server did not answer in time.';
  if (error.failure === 'garbage') return 'The server’s answer could not be understood.';
  return 'The server does not answer. It may have stopped or be starting.';
}
