import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { CoarseClock } from '../src/clock.ts';
import type { ResponseHead } from '../src/http/response-head.ts';
import { UpstreamConnection } from '../src/upstream/upstream-connection.ts';

// A differential test: Node's own client (llhttp, strict) is the oracle. Whatever our parser accepts, llhttp must
// accept too, with the same status, fields and body. Ours may refuse more; it may never accept more, or otherwise.
// FUZZ_ROUNDS and FUZZ_SEED choose another run; a failure prints both.

const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 4_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);

interface Outcome {
  accepted: boolean;
  status: number;
  headers: string;
  body: string;
}

const REFUSED: Outcome = { accepted: false, status: 0, headers: '', body: '' };

/** mulberry32: small, seeded, good enough to choose mutations. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const SEEDS = [
  'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\na\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n',
  'HTTP/1.0 200 OK\r\nServer: old\r\n\r\nuntil the end',
  'HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n',
  'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\nContent-Length: 9\r\n\r\n',
  'HTTP/1.1 404 Not Found\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\nContent-Length: 2\r\n\r\nno',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
];
const PIECES = [
  '\r\n',
  '\n',
  '\r',
  ' ',
  '\t',
  ':',
  ';',
  '0',
  '5',
  'ffffffff',
  '\0',
  '\x7f',
  '\xff',
  'chunked',
  ', chunked',
  'Transfer-Encoding: chunked\r\n',
  'Content-Length: 5\r\n',
  'Content-Length: 0\r\n',
  'Transfer-Encoding: identity\r\n',
  'HTTP/1.1 200 OK\r\n',
  '\r\n ',
  '+',
  '-',
  '0x',
  '1_0',
  '5, 5',
  '\r\n\r\n',
  '"',
  '100',
  '999',
];

function mutated(random: (below: number) => number): string {
  let text = SEEDS[random(SEEDS.length)] ?? '';
  for (let left = 1 + random(3); left > 0; left -= 1) {
    const at = random(text.length + 1);
    const piece = PIECES[random(PIECES.length)] ?? '';
    const kind = random(5);
    if (kind === 0) text = text.slice(0, at) + piece + text.slice(at);
    else if (kind === 1) text = text.slice(0, at) + text.slice(at + 1 + random(4));
    else if (kind === 2) text = text.slice(0, at) + piece + text.slice(at + piece.length);
    else if (kind === 3) text = text.slice(0, at) + String.fromCharCode(random(256)) + text.slice(at + 1);
    else text = text.slice(0, at) + text.slice(random(text.length));
  }
  return text;
}

/** The bytes in a few pieces, cut at random, then the end of the connection. */
function pieces(text: string, random: (below: number) => number): Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  const cuts = [0, ...Array.from({ length: random(4) }, () => random(bytes.length + 1)), bytes.length].sort(
    (a, b) => a - b,
  );
  return cuts
    .slice(1)
    .map((end, at) => bytes.subarray(cuts[at], end))
    .filter((piece) => piece.length > 0);
}

// Node's parser leaves what belongs to the connection in; ours takes it out.
const HOP =
  /^(?:connection|keep-alive|proxy-connection|proxy-authenticate|te|upgrade|transfer-encoding|x-hop)$/;

function shown(headers: readonly string[], status: number): string {
  const lines: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = (headers[i] ?? '').toLowerCase();
    if (!HOP.test(name) && !(status === 204 && name === 'content-length'))
      lines.push(`${name}: ${headers[i + 1]}`);
  }
  return lines.join('\n');
}

class Wire extends Duplex {
  readonly #pieces: Buffer[];
  #started = false;

  constructor(bytes: Buffer[]) {
    super({ allowHalfOpen: false });
    this.#pieces = bytes;
  }

  override _read(): void {}

  override _write(_chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    done();
    if (this.#started) return;
    this.#started = true;
    setImmediate(() => {
      for (const piece of this.#pieces) this.push(piece);
      this.push(null);
    });
  }
}

async function byLlhttp(bytes: Buffer[]): Promise<Outcome> {
  const wire = new Wire(bytes);
  const sent = httpRequest({
    host: 'x',
    createConnection: () => wire as unknown as Socket,
    insecureHTTPParser: false,
  });
  return new Promise((resolve) => {
    sent.on('error', () => resolve(REFUSED));
    sent.on('upgrade', () => resolve(REFUSED));
    sent.on('close', () => resolve(REFUSED));
    sent.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString('latin1');
      });
      response.on('error', () => resolve(REFUSED));
      response.on('aborted', () => resolve(REFUSED));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        resolve(
          response.complete
            ? { accepted: true, status, headers: shown(response.rawHeaders, status), body }
            : REFUSED,
        );
      });
    });
    sent.end();
  });
}

const clock = new CoarseClock();

/** Our outcome, and how many pieces it took. */
async function byOurs(bytes: Buffer[]): Promise<Outcome & { pieces: number }> {
  const socket = new Socket();
  const connection = new UpstreamConnection(
    socket,
    { takeBack: () => undefined, forget: () => undefined },
    clock,
  );
  let outcome: Outcome | undefined;
  const seen: Outcome = { ...REFUSED };
  socket.write = () => true;
  connection.send(
    'GET',
    '',
    {
      responseInformation: () => undefined,
      responseHead: (head: ResponseHead) => {
        seen.status = head.status;
        seen.headers = shown(head.headers, head.status);
      },
      bodyData: (chunk) => {
        seen.body += chunk.toString('latin1');
      },
      readDone: () => undefined,
      responseEnd: () => {
        outcome = { ...seen, accepted: true };
      },
      responseFailed: () => {
        outcome = REFUSED;
      },
      drained: () => undefined,
      upgraded: () => {
        outcome = REFUSED;
      },
    },
    false,
  );
  let taken = 0;
  for (const piece of bytes) {
    if (outcome !== undefined) break;
    socket.emit('data', piece);
    taken += 1;
  }
  if (outcome === undefined) socket.emit('end');
  socket.destroy();
  await once(socket, 'close');
  return { ...(outcome ?? REFUSED), pieces: taken };
}

it('accepts only what llhttp accepts, and reads it the same', { timeout: 600_000 }, async () => {
  const random = generator(SEED);
  let accepted = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const text = mutated(random);
    const what = `seed ${SEED}, round ${round}: ${JSON.stringify(text)}`;
    // Byte by byte tells where the response ends for us: what follows is not part of the comparison.
    const { pieces: length, ...ours } = await byOurs(
      [...Buffer.from(text, 'latin1')].map((byte) => Buffer.from([byte])),
    );
    const { pieces: _, ...inPieces } = await byOurs(pieces(text, random));
    expect(inPieces, `in pieces, ${what}`).toEqual(ours);
    if (!ours.accepted) continue;
    accepted += 1;
    expect(ours, what).toEqual(await byLlhttp(pieces(text.slice(0, length), random)));
  }
  // Were nothing accepted, the test would prove nothing.
  expect(accepted).toBeGreaterThan(ROUNDS / 20);
  clock.stop();
});

it('reads every unmutated response as llhttp does', async () => {
  for (const text of SEEDS) {
    const bytes = [Buffer.from(text, 'latin1')];
    const { pieces: _, ...ours } = await byOurs(bytes);
    expect(ours.accepted, text).toBe(true);
    expect(ours, text).toEqual(await byLlhttp(bytes));
  }
});
