import { connect as connectTls, type DetailedPeerCertificate } from 'node:tls';
import { type Finding, fail, fine, warn } from '../../domain/probe.ts';
import { askEcho, loopWebSocket, type PublicDoor } from './public-door.ts';

/** The path of the hub's echo with a word in it that opens it once. */
type Ticket = () => string;

const WEBSOCKET_NEXT =
  'A front server has to pass Upgrade and Connection on: docs/how-to/behind-nginx.md, docs/how-to/behind-apache.md';

export async function webSocketFinding(
  door: PublicDoor,
  ticket: Ticket,
  signal: AbortSignal,
): Promise<Finding> {
  try {
    const ms = await loopWebSocket(door, ticket(), signal);
    return fine(`A word came back over a WebSocket within ${ms.toFixed(0)} ms${wayOf(door)}.`);
  } catch (error) {
    const reached = await askEcho(door, ticket(), signal).then(
      () => true,
      () => false,
    );
    if (reached)
      return fail(
        `Requests come through, a WebSocket does not (${wordsOf(error)}): no kernel would work.`,
        WEBSOCKET_NEXT,
      );
    return unreachable(door, error);
  }
}

export async function forwardedFinding(
  door: PublicDoor,
  ticket: Ticket,
  signal: AbortSignal,
): Promise<Finding> {
  const seen = await askEcho(door, ticket(), signal).catch((error: unknown) => error);
  if (seen instanceof Error) return unreachable(door, seen);
  const { scheme, address, host } = seen as Awaited<ReturnType<typeof askEcho>>;
  const wanted = new URL(door.url);
  if (`${scheme}:` !== wanted.protocol && door.instead === null) {
    return fail(
      `People come by ${wanted.protocol.slice(0, -1)}, and the hub is told ${scheme}.`,
      'The front server must send X-Forwarded-Proto, and TRUSTED_PROXIES must name it.',
    );
  }
  if (host !== wanted.host && door.instead === null) {
    return warn(
      `People ask for ${wanted.host}, and the hub is asked for ${host}.`,
      'The front server must pass the Host header on (ProxyPreserveHost On, proxy_set_header Host $host).',
    );
  }
  return fine(`The hub sees ${scheme}, and this request as one from ${address}${wayOf(door)}.`);
}

const DAYS_SOON = 14;
const DAY_MS = 86_400_000;

export async function certificateFinding(
  door: PublicDoor,
  now: number,
  signal: AbortSignal,
): Promise<Finding> {
  const url = new URL(door.url);
  if (url.protocol !== 'https:') {
    if (isLoopback(url.hostname)) return fine('Reached from this machine only; no certificate is needed.');
    return warn('People come without TLS: passwords can be read on the way.', 'docs/how-to/tls.md');
  }
  const { certificate, fault } = await certificateAt(door, url, signal);
  const days = Math.floor((Date.parse(certificate.valid_to) - now) / DAY_MS);
  if (days < 0)
    return fail(
      `The certificate ran out on ${certificate.valid_to}.`,
      'Put a new one into secrets/jupyterhub.{crt,key} and run make up.',
    );
  const says = `The certificate is good for ${days} more days${fault === null ? '' : `, and is not trusted here (${fault})`}.`;
  if (days < DAYS_SOON) return warn(says, 'Put a new one in its place before then.');
  return fault === null
    ? fine(says)
    : warn(says, 'A certificate of one’s own is refused by browsers until somebody accepts it.');
}

function certificateAt(
  door: PublicDoor,
  url: URL,
  signal: AbortSignal,
): Promise<{ certificate: DetailedPeerCertificate; fault: string | null }> {
  const host = door.instead?.host ?? url.hostname;
  const port = door.instead?.port ?? Number(url.port || 443);
  const named = /^[\d.]+$|:/.test(url.hostname) ? {} : { servername: url.hostname };
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host, port, ...named, rejectUnauthorized: false });
    socket.once('secureConnect', () => {
      const fault = socket.authorized ? null : String(socket.authorizationError);
      resolve({ certificate: socket.getPeerCertificate(true), fault });
      socket.destroy();
    });
    socket.once('error', reject);
    signal.addEventListener('abort', () => socket.destroy(new Error('no answer in time')), { once: true });
  });
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127\./.test(host) || host === '[::1]' || host === '::1';
}

function unreachable(door: PublicDoor, error: unknown): Finding {
  return warn(
    `${door.url} cannot be reached from the hub’s own container (${wordsOf(error)})${wayOf(door)}.`,
    'If browsers reach it, a firewall only keeps containers from it; else see PUBLIC_URL, the front server and the port.',
  );
}

function wayOf({ instead }: PublicDoor): string {
  return instead === null
    ? ''
    : ' (asked at the proxy itself: the public address leads nowhere from in here)';
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const code = (cause instanceof Error ? cause : error) as NodeJS.ErrnoException;
  return code.code ?? error.message;
}
