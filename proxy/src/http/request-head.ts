import { Refusal } from '../refusal.ts';
import { withoutHubCookies } from './cookies.ts';
import { fieldKey, kindOf } from './header-kinds.ts';

/** Who sent the request, as far as the socket tells. */
export interface Peer {
  readonly address: string;
  readonly trusted: boolean;
  readonly tls: boolean;
}

/** What a request's headers say, read once. */
export interface RequestFields {
  /** Header lines to pass on, each ended by CR LF. */
  lines: string;
  host: string;
  framing: 'none' | 'length' | 'chunked';
  expectsContinue: boolean;
  fetchMode: string | undefined;
}

export interface RequestHeadRules {
  /** Add X-Forwarded-*. */
  readonly xForward: boolean;
  /** Headers that are added to each request, in place of the client's; `fieldKey` of the name → line's name and value. */
  readonly customHeaders: ReadonlyMap<string, { name: string; value: string }>;
}

const MAX_REQUEST_FIELDS = 200;
const HOST = /^(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;
// What Connection may not name away: the message would change its meaning (or lose what we vouch for).
const NEVER_NAMED =
  /^(?:host|cookie|authorization|content-.*|x-forwarded-.*|origin|sec-.*|if-.*|range|trailer)$/;

interface Outer {
  for: string;
  proto: string;
  host: string;
  port: string;
}

/**
 * Reads a request's raw headers and writes the lines for the server: hop-by-hop fields dropped (RFC 9110 §7.6.1),
 * framing kept as it was, X-Forwarded-* as the trust in the peer allows. `notebook`: the hub's cookies are taken out.
 * Throws Refusal 400, 431 or 501.
 */
export function readRequestFields(
  rawHeaders: readonly string[],
  httpMinor: number,
  peer: Peer,
  notebook: boolean,
  rules: RequestHeadRules,
): RequestFields {
  if (rawHeaders.length > 2 * MAX_REQUEST_FIELDS)
    throw new Refusal(431, 'The request has too many header fields.');
  const fields: RequestFields = {
    lines: '',
    host: '',
    framing: 'none',
    expectsContinue: false,
    fetchMode: undefined,
  };
  const outer: Outer = { for: '', proto: '', host: '', port: '' };
  const dropped = namedByConnection(rawHeaders);
  let lines = '';
  let hosts = 0;
  let framings = 0;
  let cookies = '';
  let trailer = '';
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    const value = rawHeaders[i + 1] ?? '';
    const kind = kindOf(name);
    if (dropped?.has(name.toLowerCase())) continue;
    switch (kind) {
      case 'pass':
        if (!isReplaced(rules, name)) lines += `${name}: ${value}\r\n`;
        break;
      case 'host':
        hosts += 1;
        fields.host = value;
        break;
      case 'length':
        framings += 1;
        if (value !== '0') fields.framing = 'length';
        lines += `Content-Length: ${value}\r\n`;
        break;
      case 'encoding':
        framings += 1;
        if (value.toLowerCase() !== 'chunked')
          throw new Refusal(501, 'The only transfer encoding understood is chunked.');
        if (httpMinor === 0) throw new Refusal(400, 'Transfer-Encoding has no meaning in HTTP/1.0.');
        fields.framing = 'chunked';
        lines += 'Transfer-Encoding: chunked\r\n';
        break;
      case 'trailer':
        trailer = value;
        break;
      case 'expect':
        fields.expectsContinue = value.toLowerCase() === '100-continue';
        break;
      case 'cookie':
        cookies = cookies === '' ? value : `${cookies}; ${value}`;
        break;
      case 'fetch-mode':
        fields.fetchMode = value;
        lines += `${name}: ${value}\r\n`;
        break;
      case 'hop':
      case 'connection':
      case 'identity':
        break;
      default:
        if (peer.trusted && !(kind === 'outer' && isReplaced(rules, name)))
          lines += keepOuter(outer, kind, name, value);
    }
  }
  // Node asks for a Host too, but not of an upgrade.
  if (hosts === 0 && httpMinor > 0) throw new Refusal(400, 'The request has no Host header.');
  // Node refuses it, too; were it said twice, a server behind us might believe the other.
  if (framings > 1) throw new Refusal(400, 'The request says more than once how long it is.');
  if (hosts > 1) throw new Refusal(400, 'The request has more than one Host header.');
  if (hosts === 1 && !HOST.test(fields.host)) throw new Refusal(400, 'The Host header is not a host name.');
  if (notebook && cookies !== '') cookies = withoutHubCookies(cookies);
  if (cookies !== '') lines += `Cookie: ${cookies}\r\n`;
  if (fields.framing === 'chunked' && trailer !== '') lines += `Trailer: ${trailer}\r\n`;
  if (fields.framing !== 'none' && fields.expectsContinue) lines += 'Expect: 100-continue\r\n';
  if (rules.xForward) lines += forwardedLines(outer, fields.host, peer);
  for (const custom of rules.customHeaders.values()) lines += `${custom.name}: ${custom.value}\r\n`;
  fields.lines = lines;
  return fields;
}

const isReplaced = ({ customHeaders }: RequestHeadRules, name: string): boolean =>
  customHeaders.size > 0 && customHeaders.has(fieldKey(name));

function keepOuter(outer: Outer, kind: string, name: string, value: string): string {
  if (kind === 'for') outer.for = outer.for === '' ? value : `${outer.for}, ${value}`;
  else if (kind === 'proto') outer.proto = value;
  else if (kind === 'forwarded-host') outer.host = value;
  else if (kind === 'forwarded-port') outer.port = value;
  else return `${name}: ${value}\r\n`;
  return '';
}

/** For is appended to; Proto, Host and Port are the outermost proxy's or ours, never both (a list breaks RStudio). */
function forwardedLines(outer: Outer, host: string, peer: Peer): string {
  const proto = outer.proto !== '' ? outer.proto : peer.tls ? 'https' : 'http';
  const port = outer.port !== '' ? outer.port : portOf(outer.host !== '' ? outer.host : host, proto);
  return (
    `X-Forwarded-For: ${outer.for === '' ? peer.address : `${outer.for}, ${peer.address}`}\r\n` +
    `X-Forwarded-Proto: ${proto}\r\n` +
    `X-Forwarded-Host: ${outer.host !== '' ? outer.host : host}\r\n` +
    `X-Forwarded-Port: ${port}\r\n`
  );
}

function portOf(host: string, proto: string): string {
  const colon = host.lastIndexOf(':');
  if (colon > host.lastIndexOf(']') && colon !== -1) return host.slice(colon + 1);
  return proto === 'https' ? '443' : '80';
}

function namedByConnection(rawHeaders: readonly string[]): Set<string> | undefined {
  let named: Set<string> | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (kindOf(rawHeaders[i] ?? '') !== 'connection') continue;
    const value = rawHeaders[i + 1] ?? '';
    if (value === 'keep-alive' || value === 'close' || value === 'Upgrade') continue;
    for (const token of value.toLowerCase().split(',')) {
      const name = token.trim();
      if (name !== '' && !NEVER_NAMED.test(name) && !isFraming(name)) {
        named ??= new Set();
        named.add(name);
      }
    }
  }
  return named;
}

const isFraming = (name: string): boolean => name === 'transfer-encoding' || name === 'connection';
