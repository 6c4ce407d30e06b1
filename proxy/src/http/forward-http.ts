import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProxyContext } from '../context.ts';
import { isNavigation } from '../guard/gate.ts';
import type { Guard } from '../guard/guard.ts';
import { type Chosen, chooseRoute, refusalOf, withVisit } from '../routes/choose-route.ts';
import { isCurrent } from '../routes/route.ts';
import type { Held } from '../waiting/waiting-room.ts';
import { HttpExchange } from './http-exchange.ts';

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
  const { guard } = chosen.route;
  if (guard === undefined) goOn(context, request, response, chosen);
  else letIn(context, request, response, { ...chosen, guard });
}

function goOn(
  context: ProxyContext,
  request: IncomingMessage,
  response: ServerResponse,
  chosen: Chosen,
): void {
  if (chosen.route.asleep) holdRequest(context, request, response, chosen);
  else new HttpExchange(context, request, response, chosen).start();
}

/** A guarded route: its visitor is known before anything of the request goes on, and before a server is woken. */
function letIn(
  context: ProxyContext,
  request: IncomingMessage,
  response: ServerResponse,
  chosen: Chosen & { readonly guard: Guard },
): void {
  const { guard } = chosen;
  const url = request.url ?? '/';
  const navigates = isNavigation(request);
  // The cookie is for what lies below the path, and so are an application's own relative links.
  if (navigates && url.split('?', 1)[0] === guard.audience.slice(0, -1)) {
    redirect(context, response, guard.audience + url.slice(guard.audience.length - 1));
    return;
  }
  context.gate.admit(guard, request, (admission) => {
    if (response.destroyed) return;
    // The hub was asked meanwhile: the address may be another server's by now, or its server may sleep.
    if ('visit' in admission && !isCurrent(chosen.route)) pass(context, request, response);
    else if ('visit' in admission) goOn(context, request, response, withVisit(chosen, admission));
    else if (admission.door && navigates) redirect(context, response, doorFor(guard, url));
    else context.errors.answer(request, response, admission.status, admission.sentence);
  });
}

const doorFor = ({ door }: Guard, url: string): string => `${door}?next=${encodeURIComponent(url)}`;

function redirect(context: ProxyContext, response: ServerResponse, location: string): void {
  context.counts.countProxied(302);
  response.writeHead(302, { Location: location, 'Content-Length': '0', 'Cache-Control': 'no-store' });
  response.end();
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
  waiting.enter(chosen.route, chosen.personal || chosen.route.sleepsLightly, held);
}
