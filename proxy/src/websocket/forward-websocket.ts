import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ProxyContext } from '../context.ts';
import { visitorWords } from '../guard/barred.ts';
import type { Guard } from '../guard/guard.ts';
import { Refusal } from '../refusal.ts';
import { type Chosen, chooseRoute, refusalOf, withVisit } from '../routes/choose-route.ts';
import { isCurrent } from '../routes/route.ts';
import type { Held } from '../waiting/waiting-room.ts';
import { MAX_EARLY_BYTES, WebSocketHandshake } from './websocket-handshake.ts';

/** Forwards a WebSocket upgrade. The tunnel opens only after a checked 101; anything else is answered once and closed. */
export function forwardWebSocket(
  context: ProxyContext,
  request: IncomingMessage,
  client: Socket,
  early: Buffer,
): void {
  context.counts.webSockets += 1;
  // A client's reset must never be an uncaught error, whatever state we are in.
  client.on('error', (error) => context.log.debug({ reason: error.message }, 'client socket error'));
  pass(context, request, client, early);
}

function pass(context: ProxyContext, request: IncomingMessage, client: Socket, early: Buffer): void {
  let chosen: Chosen;
  try {
    chosen = { ...chooseRoute(context, request), words: visitorWords(request.rawHeaders, request.url ?? '') };
    if (chosen.fields.framing !== 'none') throw new Refusal(400, 'A WebSocket upgrade has no body.');
  } catch (error) {
    const { status, message } = refusalOf(context, error);
    context.errors.answerUpgrade(client, status, message);
    return;
  }
  const { guard } = chosen.route;
  if (guard === undefined) goOn(context, request, client, early, chosen);
  else letIn(context, request, client, early, { ...chosen, guard });
}

function goOn(
  context: ProxyContext,
  request: IncomingMessage,
  client: Socket,
  early: Buffer,
  chosen: Chosen,
): void {
  if (chosen.route.asleep) holdUpgrade(context, request, client, early, chosen);
  else new WebSocketHandshake(context, chosen, client, early).start();
}

/** A guarded route: nothing goes to its server before the visitor is known. */
function letIn(
  context: ProxyContext,
  request: IncomingMessage,
  client: Socket,
  early: Buffer,
  chosen: Chosen & { readonly guard: Guard },
): void {
  context.gate.admit(chosen.guard, request, (admission) => {
    if (client.destroyed) return;
    // As with requests: what was chosen before the hub was asked may have gone since.
    if ('visit' in admission && !isCurrent(chosen.route)) pass(context, request, client, early);
    else if ('visit' in admission) goOn(context, request, client, early, withVisit(chosen, admission));
    else context.errors.answerUpgrade(client, admission.status, admission.sentence);
  });
}

/** Lets an upgrade wait until its server is awake. The client is read meanwhile, so that we notice when it leaves. */
function holdUpgrade(
  context: ProxyContext,
  request: IncomingMessage,
  client: Socket,
  early: Buffer,
  chosen: Chosen,
): void {
  let kept = early;
  const onData = (chunk: Buffer): void => {
    kept = Buffer.concat([kept, chunk]);
    if (kept.length > MAX_EARLY_BYTES) client.destroy();
  };
  const stopReading = (): void => {
    client.off('data', onData);
    client.off('end', onGone);
    client.off('close', onGone);
  };
  const onGone = (): void => {
    stopReading();
    context.waiting.leave(held);
    client.destroySoon();
  };
  const held: Held = {
    release: () => {
      stopReading();
      pass(context, request, client, kept);
    },
    refuse: (status, sentence) => {
      stopReading();
      context.errors.answerUpgrade(client, status, sentence);
    },
  };
  client.on('data', onData);
  client.on('end', onGone);
  client.on('close', onGone);
  // A page that is open asks for its sockets by itself, again and again.
  context.waiting.enter(chosen.route, chosen.route.sleepsLightly, held);
}
