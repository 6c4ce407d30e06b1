import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Longer than the proxy keeps idle connections, so that it never meets one that is just closing. */
const KEEP_ALIVE_MS = 75_000;
/** Somebody’s files may be restored over a slow line; bodies of forms and API calls have their own, short deadline. */
const REQUEST_TIMEOUT_MS = 24 * 3_600_000;

/** Where to listen: `http://hub-control:8080` (the name is looked up now), or a path for a socket. */
export type Place = { readonly url: string } | { readonly socketPath: string };

/** Answers those requests to become a WebSocket that are its own; all others are requests like any. */
export interface UpgradeDoor {
  isMine(req: IncomingMessage): boolean;
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Listens, or throws the system's error: EADDRINUSE, EACCES, ENOTFOUND. */
export async function listen(
  handler: RequestListener,
  place: Place,
  upgrades?: UpgradeDoor,
): Promise<Server> {
  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: 20_000,
      maxHeaderSize: 65_536,
      // Nearly all requests: they need no stream that comes to its end.
      optimizeEmptyRequests: true,
      shouldUpgradeCallback: (req) => upgrades?.isMine(req) === true,
    },
    handler,
  );
  if (upgrades !== undefined)
    server.on('upgrade', (req, socket, head) => upgrades.upgrade(req, socket, head));
  const where = 'url' in place ? addressOf(place.url) : { path: place.socketPath };
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(where, listening);
  });
  return server;
}

function addressOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 80 : Number(port) };
}

/** No new requests; those under way get `grace` milliseconds. */
export async function closeServer(server: Server, grace: number): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), grace);
  await closed;
  clearTimeout(timer);
}
