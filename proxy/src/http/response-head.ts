/** Thrown when an upstream's bytes are not a response that may be passed on. */
export class BadResponse extends Error {
  constructor(reason: string) {
    super(`bad response from the server: ${reason}`);
    this.name = 'BadResponse';
  }
}

/** How the end of a response's body is found (RFC 9112 §6.3). */
export type Framing = 'none' | 'length' | 'chunked' | 'close';

export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  /** Names and values in turn, as they came; connection-level fields are left out. */
  readonly headers: string[];
  readonly framing: Framing;
  /** Bytes of the body when framing is 'length'. */
  readonly length: number;
  /** May the connection carry another request after this? */
  readonly keepAlive: boolean;
  /** Seconds the server said it keeps idle connections, if it said. */
  readonly idleSeconds: number | undefined;
  /** The Upgrade field's value, only on 101. */
  readonly upgrade: string | undefined;
}

export const MAX_HEAD_BYTES = 128 * 1024;
const MAX_FIELDS = 1000;

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?$/;
// Sticky: one field a match, so that anything between two fields is noticed.
const FIELD = /([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)\r\n/y;
const CONNECTION_FIELDS = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'te',
  'upgrade',
  'transfer-encoding',
]);
const TRAILING_SPACE = /[ \t]+$/;

interface Collected {
  headers: string[];
  lengthText: string | undefined;
  encoding: string | undefined;
  connection: string;
  keepAlive: string;
  upgrade: string | undefined;
}

/**
 * Reads a response head: everything up to and without the empty line, decoded as latin1.
 * It accepts less than the standard allows and refuses the rest (RFC 9112 §2.2, §4, §5, §6.3): a proxy that guesses
 * is how one response becomes two. Throws BadResponse.
 */
export function parseResponseHead(text: string, method: string): ResponseHead {
  const lineEnd = text.indexOf('\r\n');
  const statusLine = STATUS_LINE.exec(lineEnd === -1 ? text : text.slice(0, lineEnd));
  if (statusLine === null) throw new BadResponse('malformed status line');
  const status = Number(statusLine[2]);
  const collected = collectFields(lineEnd === -1 ? '' : `${text.slice(lineEnd + 2)}\r\n`);
  const http10 = statusLine[1] === '0';
  const tokens = collected.connection.toLowerCase();
  const named =
    tokens === '' || tokens === 'keep-alive' || tokens === 'close'
      ? []
      : tokens.split(',').map((token) => token.trim());
  if (http10 && status < 200) throw new BadResponse('interim response in HTTP/1.0');
  const framed = frameOf(status, method, http10, collected);
  return {
    status,
    reason: statusLine[3] ?? '',
    headers:
      named.length > 0 || framed.dropLength
        ? without(collected.headers, named, framed.dropLength)
        : collected.headers,
    framing: framed.framing,
    length: framed.length,
    keepAlive: !http10 && framed.framing !== 'close' && tokens !== 'close' && !named.includes('close'),
    idleSeconds: idleSeconds(collected.keepAlive),
    upgrade: status === 101 ? collected.upgrade : undefined,
  };
}

function collectFields(fields: string): Collected {
  const found: Collected = {
    headers: [],
    lengthText: undefined,
    encoding: undefined,
    connection: '',
    keepAlive: '',
    upgrade: undefined,
  };
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < fields.length) {
    const field = FIELD.exec(fields);
    if (field === null) throw new BadResponse('malformed header field');
    const name = field[1] ?? '';
    let value = field[2] ?? '';
    const last = value.charCodeAt(value.length - 1);
    if (last === 32 || last === 9) {
      // Parsers differ on whether a tab after `chunked` belongs to the value.
      if (last === 9 && name.toLowerCase() === 'transfer-encoding')
        throw new BadResponse('tab after Transfer-Encoding');
      value = value.replace(TRAILING_SPACE, '');
    }
    keepField(found, name, value);
    if (found.headers.length > 2 * MAX_FIELDS) throw new BadResponse('too many header fields');
  }
  return found;
}

function keepField(found: Collected, name: string, value: string): void {
  const lower = name.toLowerCase();
  if (!CONNECTION_FIELDS.has(lower)) {
    if (lower === 'content-length') {
      if (found.lengthText !== undefined) throw new BadResponse('more than one Content-Length');
      found.lengthText = value;
    }
    found.headers.push(name, value);
  } else if (lower === 'transfer-encoding') {
    if (found.encoding !== undefined) throw new BadResponse('more than one Transfer-Encoding');
    found.encoding = value;
  } else if (lower === 'connection')
    found.connection = found.connection === '' ? value : `${found.connection},${value}`;
  else if (lower === 'keep-alive') found.keepAlive = value;
  else if (lower === 'upgrade') found.upgrade = value;
}

function frameOf(
  status: number,
  method: string,
  http10: boolean,
  found: Collected,
): { framing: Framing; length: number; dropLength: boolean } {
  const { lengthText, encoding } = found;
  if (lengthText !== undefined && !/^\d{1,15}$/.test(lengthText))
    throw new BadResponse('malformed Content-Length');
  if (encoding !== undefined) {
    if (lengthText !== undefined) throw new BadResponse('both Content-Length and Transfer-Encoding');
    if (http10) throw new BadResponse('Transfer-Encoding in HTTP/1.0');
    if (encoding.toLowerCase() !== 'chunked') throw new BadResponse('unknown Transfer-Encoding');
  }
  // A 204 or 1xx has no body whatever it claims; a claimed length would make clients wait for one.
  if (status < 200 || status === 204)
    return { framing: 'none', length: 0, dropLength: lengthText !== undefined };
  if (status === 304 || method === 'HEAD') return { framing: 'none', length: 0, dropLength: false };
  if (encoding !== undefined) return { framing: 'chunked', length: 0, dropLength: false };
  if (lengthText === undefined) return { framing: 'close', length: 0, dropLength: false };
  const length = Number(lengthText);
  return { framing: length === 0 ? 'none' : 'length', length, dropLength: false };
}

// What Connection names is for this hop only; but it may not name what the message cannot do without.
const NEVER_NAMED = new Set([
  'content-length',
  'content-type',
  'content-encoding',
  'set-cookie',
  'location',
  'cache-control',
  'vary',
  'date',
  'trailer',
]);

function without(headers: string[], named: readonly string[], dropLength: boolean): string[] {
  const kept: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    const lower = name.toLowerCase();
    if (dropLength && lower === 'content-length') continue;
    if (named.includes(lower) && !NEVER_NAMED.has(lower)) continue;
    kept.push(name, headers[i + 1] ?? '');
  }
  return kept;
}

function idleSeconds(keepAlive: string): number | undefined {
  if (keepAlive === '') return undefined;
  const timeout = /(?:^|[\s,;])timeout=(\d{1,6})/i.exec(keepAlive);
  return timeout === null ? undefined : Number(timeout[1]);
}

/** Trailer fields after a chunked body, in the same form as headers. Framing has no place there. Throws BadResponse. */
export function parseTrailers(text: string): string[] {
  if (text === '') return [];
  const { headers, lengthText, encoding } = collectFields(`${text}\r\n`);
  if (lengthText !== undefined || encoding !== undefined) throw new BadResponse('framing in trailers');
  return headers;
}
