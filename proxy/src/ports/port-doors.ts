import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ProxyContext } from '../context.ts';
import { PORT_KEY_HEADER, PORTS_USE_PATH, type PortsUse } from '../contract.ts';
import { keyCheck } from '../control/control-token.ts';
import { HttpExchange } from '../http/http-exchange.ts';
import type { Doors } from '../public-server.ts';
import { Refusal } from '../refusal.ts';
import { refusalOf } from '../routes/choose-route.ts';
import { WebSocketHandshake } from '../websocket/websocket-handshake.ts';
import { PortChooser } from './choose-port.ts';
import type { PortSettings } from './read-port-settings.ts';

/**
 * Doors to the programs of one notebook server, for whoever brings the key: its neighbours on the notebooks' network
 * reach this listener too, and get nothing.
 */
export function portDoors(settings: PortSettings, context: ProxyContext): Doors {
  const chooser = new PortChooser(settings, context);
  const isKey = keyCheck(settings.key);
  let lastUse = performance.now();

  const check = (request: IncomingMessage): void => {
    const given = request.headers[PORT_KEY_HEADER];
    if (!isKey(typeof given === 'string' ? given : '')) throw new Refusal(403, 'This is not for you.');
  };
  const use = (): PortsUse => {
    const open = context.open.requests.size + context.open.webSockets.size;
    // Asked about once a minute: idleness begins when the last one has ended.
    if (open > 0) lastUse = performance.now();
    return { open, idle: Math.floor(performance.now() - lastUse) };
  };

  return {
    http(_, request, response) {
      context.counts.web += 1;
      try {
        check(request);
        if (request.url === PORTS_USE_PATH) {
          answer(response, 200, use());
          return;
        }
        lastUse = performance.now();
        new HttpExchange(context, request, response, chooser.choose(request)).start();
      } catch (error) {
        const { status, message } = refusalOf(context, error);
        // Nobody reads what a stranger sends.
        if (status === 403) answer(response, status, { status, message });
        else context.errors.answer(request, response, status, message, true);
      }
    },

    webSocket(_, request, client, early) {
      context.counts.webSockets += 1;
      client.on('error', (error) => context.log.debug({ reason: error.message }, 'client socket error'));
      try {
        check(request);
        lastUse = performance.now();
        open(context, chooser, request, client, early);
      } catch (error) {
        const { status, message } = refusalOf(context, error);
        context.errors.answerUpgrade(client, status, message);
      }
    },
  };
}

function open(
  context: ProxyContext,
  chooser: PortChooser,
  request: IncomingMessage,
  client: Socket,
  early: Buffer,
): void {
  const chosen = chooser.choose(request);
  if (chosen.fields.framing !== 'none') throw new Refusal(400, 'A WebSocket upgrade has no body.');
  new WebSocketHandshake(context, chosen, client, early).start();
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.shouldKeepAlive = status === 200;
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(text)),
    'Cache-Control': 'no-store',
  });
  response.end(text);
}
