import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ParsedUrlQuery, parse } from 'node:querystring';
import { pipeline, type Readable } from 'node:stream';
import type { Caller } from '../../domain/caller.ts';
import { newRequestId } from '../middleware/request-id.ts';
import { originOf } from '../middleware/whence.ts';

/** What comes with a request before anybody has looked into it. */
interface Arrival {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The address without its query. */
  readonly path: string;
  readonly querystring: string;
  /** Sent with every answer, unless a handler sets them otherwise. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where it came from, as this door can know it. */
  readonly address: string;
  /** How the outside names the hub, or the empty string when it was not told. */
  readonly publicOrigin: string;
}

/**
 * One call of the API and its answer. Has the names that koa's context has, but none of its cost: notebooks ask who
 * their visitors are all day long. Whatever is seldom asked for is worked out when it is.
 */
export class ApiContext {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly method: string;
  readonly path: string;
  readonly querystring: string;
  readonly address: string;
  readonly state: { caller: Caller | null; readonly visitor: '' } = { caller: null, visitor: '' };
  status = 200;
  body: string | Readable = '';
  readonly #headers: Record<string, string>;
  readonly #publicOrigin: string;
  #query: ParsedUrlQuery | null = null;
  #requestId: string | null = null;

  constructor({ req, res, path, querystring, headers, address, publicOrigin }: Arrival) {
    this.req = req;
    this.res = res;
    this.method = req.method ?? '';
    this.path = path;
    this.querystring = querystring;
    this.address = address;
    this.#headers = { ...headers };
    this.#publicOrigin = publicOrigin;
  }

  /** A header of the request, or the empty string. */
  get(
    name: 'accept' | 'authorization' | 'content-type' | 'cookie' | `sec-${string}` | `x-${string}`,
  ): string {
    const value = this.req.headers[name];
    return typeof value === 'string' ? value : '';
  }

  /** Headers of the answer. */
  set(headers: Readonly<Record<string, string>>): void {
    Object.assign(this.#headers, headers);
  }

  get query(): ParsedUrlQuery {
    this.#query ??= parse(this.querystring);
    return this.#query;
  }

  /** Short, for the log. */
  get requestId(): string {
    this.#requestId ??= newRequestId();
    return this.#requestId;
  }

  /** Scheme and host as the client knows them. @throws Problem HTTP-400 for a Host that is none. */
  get origin(): string {
    return originOf(this.req, this.#publicOrigin);
  }

  /** Sends the answer. What breaks off on the way is told to `broken`. */
  send(broken: (error: Error) => void): void {
    const { res, body, status } = this;
    const headers = this.#headers;
    if (typeof body !== 'string') {
      res.writeHead(status, headers);
      // A client that hangs up early is no mistake of anybody's.
      pipeline(body, res, (error) => {
        if (error && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') broken(error);
      });
      return;
    }
    const length = Buffer.byteLength(body);
    if (status !== 204) headers['Content-Length'] = String(length);
    res.writeHead(status, headers);
    // As many bytes as letters: nothing in it needs to be encoded.
    res.end(body, length === body.length ? 'latin1' : 'utf8');
  }
}
