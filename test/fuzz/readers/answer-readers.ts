import { generateKeyPairSync } from 'node:crypto';
import { readVisit } from '../../../proxy/src/guard/visit.ts';
import { type BodySink, ChunkedDecoder } from '../../../proxy/src/http/body-decoder.ts';
import { isWithin } from '../../../proxy/src/http/cookies.ts';
import { notebookHeaders, passableTrailers } from '../../../proxy/src/http/response-fields.ts';
import { BadResponse, parseResponseHead } from '../../../proxy/src/http/response-head.ts';
import { readPortPath } from '../../../proxy/src/ports/port-path.ts';
import { Refusal } from '../../../proxy/src/refusal.ts';
import { must, type ReaderTarget } from '../reader-target.ts';

const ROUTE = '/user/ana/';
const SPOKEN_FOR_ALL = /^(?:clear-site-data|alt-svc|nel|report-to|x-accel-.*|x-sendfile)$/i;

/** Null: refused. */
function unless<T>(kind: new (...words: never[]) => Error, act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof kind) return null;
    throw error;
  }
}

const heads: ReaderTarget = {
  name: 'answers of notebooks',
  seeds: [
    'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nSet-Cookie: a=b; Path=/user/ana/\r\n',
    'HTTP/1.1 302 Found\r\nLocation: /user/ana/lab\r\nTransfer-Encoding: chunked\r\nConnection: close, x-own\r\nX-Own: 1\r\n',
    'HTTP/1.0 101 Switching Protocols\r\nUpgrade: websocket\r\nKeep-Alive: timeout=5\r\nService-Worker-Allowed: /\r\n',
  ],
  words: [
    'Content-Length: 5\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding : chunked\r\n',
    'Set-Cookie: berth-visitor=1; Path=/\r\n',
    'Set-Cookie: jupyterhub-hub-login=1\r\n',
    'Clear-Site-Data: "*"\r\n',
    'X-Accel-Redirect: /x\r\n',
    'Service-Worker-Allowed: /\r\n',
    '\r\n ',
    '\n',
    '\r',
    'HTTP/1.1 ',
  ],
  read(input) {
    // As the proxy gives it: latin1, without what follows the first empty line.
    const text = Buffer.from(input, 'utf8').toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
    const head = unless(BadResponse, () => parseResponseHead(text, 'GET'));
    if (head === null) return;
    must(!/[\r\n\0]/.test(head.reason), 'a reason breaks the line');
    const kept = notebookHeaders(head.headers, ROUTE);
    for (const [at, word] of kept.entries()) {
      must(!/[\r\n\0]/.test(word), `${JSON.stringify(word)} would be two lines`);
      if (at % 2 === 1) continue;
      const value = kept[at + 1] ?? '';
      must(!SPOKEN_FOR_ALL.test(word), `a notebook says ${word} for all`);
      must(!/^set-cookie$/i.test(word) || !/^\s*(?:berth-|jupyterhub-hub)/.test(value), `it sets ${value}`);
      must(!/^service-worker-allowed$/i.test(word) || isWithin(value, ROUTE), `it works for ${value}`);
      must(!/^(?:transfer-encoding|connection|upgrade)$/i.test(word), `${word} is passed on`);
    }
    const lengths = kept.filter((word, at) => at % 2 === 0 && /^content-length$/i.test(word));
    must(lengths.length <= 1, 'two lengths');
    must(head.framing !== 'chunked' || lengths.length === 0, 'a length beside chunks');
  },
};

interface Decoded {
  readonly body: string;
  /** Where it stopped in the whole, or null: refused. */
  readonly end: number | null;
  readonly trailers: readonly [string, string][];
}

function decode(bytes: Buffer, piece: number): Decoded {
  const decoder = new ChunkedDecoder();
  const parts: Buffer[] = [];
  const sink: BodySink = { bodyData: (chunk) => void parts.push(Buffer.from(chunk)) };
  let end: number | null = 0;
  for (let at = 0; at < bytes.length && end !== null && !decoder.done; at += piece) {
    const stop = unless(BadResponse, () => decoder.decode(bytes.subarray(at, at + piece), 0, sink));
    end = stop === null ? null : at + stop;
  }
  const body = Buffer.concat(parts).toString('latin1');
  return { body, end, trailers: passableTrailers(decoder.trailers) };
}

const chunks: ReaderTarget = {
  name: 'chunked bodies',
  seeds: [
    '5\r\nhello\r\n0\r\n\r\n',
    'a;x=1\r\n0123456789\r\n0\r\nX-Sum: 1\r\nSet-Cookie: a\r\n\r\nHTTP/1.1 200',
  ],
  words: [
    '\r\n',
    '\n',
    '0\r\n\r\n',
    'ffffffffffff\r\n',
    '0x5\r\n',
    '-1\r\n',
    '5 \r\n',
    ';',
    'Content-Length: 1\r\n',
  ],
  read(input) {
    const bytes = Buffer.from(input, 'latin1').subarray(0, 20_000);
    const whole = decode(bytes, bytes.length);
    const cut = decode(bytes, 1);
    must(cut.body === whole.body || whole.end === null, 'a body hangs on how its bytes were cut');
    must(cut.end === whole.end, `it ends at ${whole.end}, in pieces at ${cut.end}`);
    must(whole.body.length <= bytes.length, 'a body is more than came');
    for (const [name, value] of whole.trailers) {
      must(!/[\r\n\0]/.test(name + value), 'a trailer would be two lines');
      must(!/^(?:set-cookie|content-length|transfer-encoding|location)$/i.test(name), `${name} in a trailer`);
    }
  },
};

const ports: ReaderTarget = {
  name: 'addresses of ports',
  seeds: ['/user/ana/proxy/5000/a?b=c', '/user/ana/proxy/absolute/5000/x', '/user/%61na/proxy/1'],
  words: ['/', '//', '..', '%2e%2e', '%2f', '@', ':', '?', '#', 'absolute', '65536', '0005000', '\\'],
  read(input) {
    const url = input.replace(/[^\x21-\x7e]/g, '');
    const found = unless(Refusal, () => readPortPath(url.startsWith('/') ? url : `/${url}`, ROUTE, 49_999));
    if (found === null) return;
    must(found.port >= 1 && found.port <= 65_535 && found.port !== 49_999, `port ${found.port}`);
    must(found.url.startsWith('/'), `the program is asked for ${found.url}`);
  },
};

const { publicKey } = generateKeyPairSync('ed25519');
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = { sub: 'ana', aud: ROUTE, iat: 1, exp: 2, cnf: 'x' };
const visits: ReaderTarget = {
  name: 'visits',
  seeds: [
    `${part({ alg: 'EdDSA' })}.${part(claims)}.${'A'.repeat(86)}~${'b'.repeat(32)}`,
    `${part({ alg: 'none' })}.${part(claims)}.${'_'.repeat(86)}~${'b'.repeat(32)}`,
  ],
  words: [
    '.',
    '~',
    part({ alg: 'EdDSA' }),
    part({ ...claims, aud: '/' }),
    part(null),
    'A'.repeat(86),
    '-',
    '=',
  ],
  read: (input) =>
    must(readVisit(input, publicKey, ROUTE) === undefined, 'a visit without the hub’s signature'),
};

export const ANSWER_READERS: readonly ReaderTarget[] = [heads, chunks, ports, visits];
