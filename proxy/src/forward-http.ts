import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Chosen, chooseRoute, refusalOf } from './choose-route.ts';
import type { ProxyContext } from './context.ts';
import { HttpExchange } from './http-exchange.ts';
import type { Held } from './waiting-room.ts';

/** Forwards one HTTP request. Every outcome, refusals included, ends in an answer or a closed connection. */
export function forwardHttp(context: ProxyContext, request: IncomingMessage, response: ServerResponse): void {
  if (context.peers.isRefused(request.socket)) return;
  context.counts.web += 1;
  pass(context, request, response);
}

function pass(context: ProxyContext, request: IncomingMessage, response: ServerResponse): void {
  let chosen: Chosen;
  try {
    chosen = chooseRoute(context, request);
  } catch (error) {
    const { status, message } = refusalOf(context, error);
    const malformed = status !== 404;
    if (malformed) context.peers.refuse(request.socket);
    context.errors.answer(request, response, status, message, malformed);
    return;
  }
  if (chosen.route.asleep) holdRequest(context, request, response, chosen);
  else new HttpExchange(context, request, response, chosen).start();
}

/** Lets a request wait until its server is awake. Its body is not read meanwhile: it waits at the client. */
function holdRequest(
  context: ProxyContext,
  request: IncomingMessage,
  response: ServerResponse,
  chosen: Chosen,
): void {
  const { waiting, errors } = context;
  const left = (): void => waiting.leave(held);
  const held: Held = {
    release: () => {
      response.off('close', left);
      pass(context, request, response);
    },
    refuse: (status, sentence) => {
      response.off('close', left);
      errors.answer(request, response, status, sentence);
    },
  };
  response.on('close', left);
  waiting.enter(chosen.route, chosen.personal, held);
}
