import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { GUARD_PATH, ROUTES_PATH, type RouteTable, WAITING_PATH } from '../contract.ts';
import type { Counts } from '../counts.ts';
import type { OpenExchanges } from '../open-exchanges.ts';
import { Refusal } from '../refusal.ts';
import type { Routes } from '../routes/routes.ts';
import type { WaitingRoom } from '../waiting/waiting-room.ts';
import { readJson } from './read-json.ts';

export interface ControlApiParts {
  readonly routes: Routes;
  readonly waiting: WaitingRoom;
  readonly open: OpenExchanges;
  readonly counts: Counts;
  readonly log: Logger;
  /** True for a request that carries the token; absent: no token is set and everyone may ask. */
  readonly authorized: ((authorization: string | undefined) => boolean) | undefined;
}

interface Answer {
  readonly status: number;
  readonly json?: unknown;
}

const NOT_THIS_METHOD: Answer = { status: 405, json: { message: 'Method not supported' } };

/** The control API as configurable-http-proxy's clients know it; see contract.ts. */
export function controlApi(
  parts: ControlApiParts,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    void answerTo(parts, request)
      .catch((error: unknown) => refusalAnswer(parts, error))
      .then((answer) => send(parts, request, response, answer));
  };
}

async function answerTo(parts: ControlApiParts, request: IncomingMessage): Promise<Answer> {
  const url = request.url ?? '/';
  const path = url.split('?', 1)[0] ?? '/';
  const known = path === ROUTES_PATH || path === WAITING_PATH || path === GUARD_PATH;
  if (!known && !path.startsWith(`${ROUTES_PATH}/`)) return { status: 404 };
  // Before a byte of the body is read: strangers cannot make us keep anything.
  if (parts.authorized !== undefined && !parts.authorized(request.headers.authorization))
    return { status: 403 };
  if (path === GUARD_PATH) return request.method === 'GET' ? { status: 200, json: {} } : NOT_THIS_METHOD;
  if (path === WAITING_PATH)
    return request.method === 'GET'
      ? whoWaits(parts, new URLSearchParams(url.slice(path.length)))
      : NOT_THIS_METHOD;
  const route = path.slice(ROUTES_PATH.length);
  if (request.method === 'GET') return getRoutes(parts, route, new URLSearchParams(url.slice(path.length)));
  if (request.method === 'POST') return postRoute(parts, route, await readJson(request));
  if (request.method === 'DELETE') {
    return deleteRoute(parts, route, new URLSearchParams(url.slice(path.length)).get('cut') === '1');
  }
  return NOT_THIS_METHOD;
}

const MAX_WAIT_SECONDS = 60;

/** Who waits now; with `wait`, the answer comes when somebody does, or after so many seconds. */
async function whoWaits({ waiting }: ControlApiParts, query: URLSearchParams): Promise<Answer> {
  const seconds = Number(query.get('wait') ?? 0);
  if (!(seconds >= 0 && seconds <= MAX_WAIT_SECONDS))
    throw new Refusal(400, `wait must be a number of seconds, at most ${MAX_WAIT_SECONDS}.`);
  if (seconds > 0) await waiting.someone(seconds * 1000);
  return { status: 200, json: waiting.present() };
}

/** Routes with the requests that are under way on them. */
function withOpen(table: RouteTable, open: OpenExchanges): RouteTable {
  for (const { path } of open.requests) {
    const route = path === undefined ? undefined : table[path];
    if (route !== undefined) route.open_requests = (route.open_requests ?? 0) + 1;
  }
  return table;
}

function getRoutes({ routes, counts, open }: ControlApiParts, path: string, query: URLSearchParams): Answer {
  if (path !== '' && path !== '/') {
    const route = routes.get(path);
    return route === undefined
      ? { status: 404 }
      : { status: 200, json: withOpen({ [route.path]: routes.presentOne(route) }, open)[route.path] };
  }
  counts.apiRouteGet += 1;
  const since = query.get('inactiveSince') ?? query.get('inactive_since');
  if (since === null || since === '') return { status: 200, json: withOpen(routes.present(), open) };
  const time = Date.parse(since);
  if (!Number.isFinite(time)) throw new Refusal(400, 'inactiveSince must be an ISO 8601 time.');
  return { status: 200, json: withOpen(routes.present(time), open) };
}

function postRoute({ routes, counts, log }: ControlApiParts, path: string, body: unknown): Answer {
  const route = routes.add(path, body);
  counts.apiRouteAdd += 1;
  log.info({ route: route.path, target: route.target.url }, 'route added');
  return { status: 201 };
}

function deleteRoute({ routes, counts, log }: ControlApiParts, path: string, cut: boolean): Answer {
  const removed = routes.remove(path, cut);
  counts.apiRouteDelete += 1;
  if (removed) log.info({ route: path }, 'route removed');
  return { status: removed ? 204 : 404 };
}

function refusalAnswer({ log }: ControlApiParts, error: unknown): Answer {
  if (error instanceof Refusal) return { status: error.status, json: { message: error.message } };
  log.error({ err: error }, 'control API failed');
  return { status: 500, json: { message: 'The proxy could not do this; its log says why.' } };
}

function send(
  { counts, log }: ControlApiParts,
  request: IncomingMessage,
  response: ServerResponse,
  { status, json }: Answer,
): void {
  counts.countApi(status);
  log[status < 400 ? 'debug' : status < 500 ? 'warn' : 'error'](
    { status, method: request.method, path: request.url?.split('?', 1)[0] },
    'control API',
  );
  // What is left of a body we did not want is not waited for.
  if (!request.complete && status >= 400) response.shouldKeepAlive = false;
  if (json === undefined) {
    response.writeHead(status, status === 204 ? {} : { 'Content-Length': '0' });
    response.end();
    return;
  }
  const body = JSON.stringify(json);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
  });
  response.end(body);
}
