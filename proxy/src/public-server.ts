import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { ConnectionLimit } from './connection-limit.ts';
import type { ProxyContext } from './context.ts';
import { HEALTH_PATH } from './contract.ts';
import { forwardHttp } from './http/forward-http.ts';
import { forwardWebSocket } from './websocket/forward-websocket.ts';

/** Jupyter's cookies and tokens grow large; 32 KB holds them, and bounds what a stranger can send. */
const MAX_HEADER_BYTES = 32 * 1024;
const HEADERS_TIMEOUT_MS = 20_000;
const TIMEOUT_CHECK_MS = 2_000;
const HEALTH_BODY = '{"status":"OK"}';

export interface PublicServerSettings {
  readonly keepAliveTimeout: number;
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly tls: TlsOptions | undefined;
}

/** Where a request goes that the parser let in. */
export interface Doors {
  http(context: ProxyContext, request: IncomingMessage, response: ServerResponse): void;
  webSocket(context: ProxyContext, request: IncomingMessage, client: Socket, early: Buffer): void;
}

const FRONT_DOORS: Doors = {
  http: (context, request, response) => {
    if (request.url === HEALTH_PATH) answerHealth(response);
    else forwardHttp(context, request, response);
  },
  webSocket: forwardWebSocket,
};

/** The listener that browsers reach. Node's strict parser stands on this side: what it refuses gets no further. */
export function publicServer(
  context: ProxyContext,
  settings: PublicServerSettings,
  doors: Doors = FRONT_DOORS,
): Server {
  const options: ServerOptions = {
    insecureHTTPParser: false,
    requireHostHeader: true,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
    // Uploads may take hours: a body is bounded by its progress (request-body.ts), not by its age.
    requestTimeout: 0,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    keepAliveTimeout: settings.keepAliveTimeout,
    noDelay: true,
    optimizeEmptyRequests: true,
    shouldUpgradeCallback: isWebSocketUpgrade,
  };
  const server =
    settings.tls === undefined ? createServer(options) : createTlsServer({ ...settings.tls, ...options });
  // Node would silently drop fields beyond a count; the size bounds them, and too many are refused in the open.
  server.maxHeadersCount = 0;
  server.maxConnections = settings.maxConnections;
  const limit = new ConnectionLimit(
    settings.maxConnectionsPerAddress,
    context.peers,
    context.clock,
    context.log,
  );
  // Before TLS and before HTTP: whoever is refused costs a socket and nothing more, and neither ever sees it.
  const admitted = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket) => {
    if (limit.admits(socket)) for (const listener of admitted) listener.call(server, socket);
    else socket.destroy();
  });
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    doors.http(context, request, response);
  };
  server.on('request', onRequest);
  server.on('checkContinue', onRequest);
  server.on('upgrade', (request, socket, head) => {
    if (socket instanceof Socket) doors.webSocket(context, request, socket, head);
    else socket.destroy();
  });
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    context.log.debug({ code: error.code }, 'request refused by the parser');
    if (!(socket instanceof Socket) || !socket.writable || socket.bytesWritten > 0) {
      socket.destroy();
      return;
    }
    const status = STATUS_OF_PARSER_ERROR[error.code ?? ''] ?? 400;
    context.errors.answerUpgrade(socket, status, 'The request could not be understood.');
  });
  return server;
}

const STATUS_OF_PARSER_ERROR: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Only WebSockets may leave HTTP. Any other offer to upgrade is ignored, as RFC 9110 §7.8 allows. */
function isWebSocketUpgrade(request: IncomingMessage): boolean {
  return (
    request.method === 'GET' &&
    request.httpVersionMinor === 1 &&
    request.headers.upgrade?.toLowerCase() === 'websocket'
  );
}

function answerHealth(response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': String(HEALTH_BODY.length),
  });
  response.end(HEALTH_BODY);
}
