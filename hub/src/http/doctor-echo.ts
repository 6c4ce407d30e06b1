import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const TICKET_MS = 30_000;
const TICKETS_MAX = 64;
/** RFC 6455 §1.3. */
const ACCEPT_WORD = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const SOCKET_MS = 5000;
/** Short frames only: their length stands in the second byte. */
const TEXT_MAX = 125;

/**
 * A place at which the hub talks to itself through the public address: a request is told what arrived of it, a
 * WebSocket gets its word back. Opens only to a ticket that the hub has just made, once.
 */
export class DoctorEcho {
  readonly path: string;
  readonly #word: () => string;
  readonly #tickets = new Map<string, number>();

  constructor(baseUrl: string, word: () => string) {
    this.path = `${baseUrl}hub/doctor-echo`;
    this.#word = word;
  }

  /** A path that works once, within half a minute. */
  ticket(): string {
    for (const [word, until] of this.#tickets) {
      if (until < Date.now() || this.#tickets.size >= TICKETS_MAX) this.#tickets.delete(word);
    }
    const word = this.#word();
    this.#tickets.set(word, Date.now() + TICKET_MS);
    return `${this.path}?ticket=${word}`;
  }

  /** Whether this is a request for the echo, with a good ticket, which is then used up. */
  admits(req: IncomingMessage): boolean {
    const [path, query] = (req.url ?? '').split('?', 2);
    if (path !== this.path) return false;
    const word = new URLSearchParams(query).get('ticket') ?? '';
    const until = this.#tickets.get(word);
    this.#tickets.delete(word);
    return until !== undefined && until >= Date.now();
  }

  /** Whether a request that asks to become a WebSocket is for us to answer as one. */
  isMine(req: IncomingMessage): boolean {
    return (req.url ?? '').split('?', 1)[0] === this.path;
  }

  /** Answers one short text with itself, and ends. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const key = req.headers['sec-websocket-key'];
    socket.on('error', () => socket.destroy());
    if (!this.admits(req) || key === undefined) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const accept = createHash('sha1').update(`${key}${ACCEPT_WORD}`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    const timer = setTimeout(() => socket.destroy(), SOCKET_MS);
    socket.once('close', () => clearTimeout(timer));
    let held = head;
    const take = (): void => {
      const answer = echoOf(held);
      if (answer === 'more') return;
      if (answer === null) socket.destroy();
      else {
        socket.removeAllListeners('data');
        socket.write(answer);
      }
    };
    socket.on('data', (piece: Buffer) => {
      held = Buffer.concat([held, piece]);
      take();
    });
    take();
  }
}

/** The frame of a server that says the same as this one of a client (RFC 6455 §5); null: nothing we talk to. */
function echoOf(bytes: Buffer): Buffer | 'more' | null {
  if (bytes.length < 2) return 'more';
  const length = (bytes[1] ?? 0) & 0x7f;
  if (bytes[0] !== 0x81 || ((bytes[1] ?? 0) & 0x80) === 0 || length > TEXT_MAX) return null;
  if (bytes.length < 6 + length) return 'more';
  const mask = bytes.subarray(2, 6);
  const text = bytes.subarray(6, 6 + length).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, length]), text]);
}
