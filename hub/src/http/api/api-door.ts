import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Hub } from '../hub.ts';
import { addressBehindProxy, addressOfPeer } from '../middleware/whence.ts';
import { answerEmpty } from './answer.ts';
import { answerError } from './answer-error.ts';
import { ApiContext } from './api-context.ts';
import { apiHeaders } from './api-headers.ts';
import { type Identify, identifyByToken, identifyByTokenOrCookie } from './authenticate.ts';
import type { Endpoint } from './endpoint.ts';
import { EndpointTree, type Found } from './endpoint-tree.ts';
import { endpoints } from './endpoints.ts';
import { notFound, Refusal } from './refusal.ts';
import { runEndpoint } from './run-endpoint.ts';

/** Takes a request if it is one for the API, and says whether it did. */
export type ApiDoor = (req: IncomingMessage, res: ServerResponse) => boolean;

// A page, although it stands among the API.
const AUTHORIZE = '/oauth2/authorize';

/** The whole API for browsers and scripts, by token or by cookie, behind the proxy. Takes what is the API's only. */
export function browserApi(hub: Hub): ApiDoor {
  const take = doorOf(hub, identifyByTokenOrCookie, addressBehindProxy(hub.settings.trustedProxies));
  const { baseUrl } = hub.settings;
  return (req, res) => {
    const address = addressOf(req);
    // Prometheus is configured with this address everywhere (contract §3).
    const below = address.path === `${baseUrl}hub/metrics` ? '/metrics' : belowApi(baseUrl, address.path);
    if (below === null || below === AUTHORIZE) return false;
    take(req, res, address, below);
    return true;
  };
}

/**
 * The API for the listener that notebooks reach: by token only, so that a cookie that a notebook got hold of is worth
 * nothing there. Takes everything: there is nothing beside it.
 */
export function notebookApi(hub: Hub): RequestListener {
  const take = doorOf(hub, identifyByToken, addressOfPeer);
  const { baseUrl } = hub.settings;
  return (req, res) => {
    const address = addressOf(req);
    take(req, res, address, belowApi(baseUrl, address.path));
  };
}

/**
 * The way of every call: what stands at that address, who calls, may they, do it, answer. It goes before koa because
 * every notebook asks here for every visitor, and koa's share of that was three quarters.
 */
function doorOf(hub: Hub, identify: Identify, origin: (req: IncomingMessage) => string) {
  const tree = new EndpointTree(endpoints);
  const headers = apiHeaders(hub.settings.baseUrl);
  const { publicOrigin } = hub.settings;

  async function answer(ctx: ApiContext, below: string | null): Promise<void> {
    const began = performance.now();
    let endpoint: Endpoint | null = null;
    try {
      const found = below === null ? null : tree.find(below);
      endpoint = endpointOf(found, ctx.method);
      if (endpoint === null) answerRest(ctx, found);
      else await runEndpoint(hub, ctx, identify, endpoint, found?.values ?? []);
    } catch (error) {
      answerError(hub, ctx, error);
    }
    ctx.send((error) => hub.log.warn({ error }, 'an answer broke off'));
    if (endpoint === null) return;
    const seconds = (performance.now() - began) / 1000;
    hub.metrics.request({ method: ctx.method, handler: endpoint.path, code: ctx.status, seconds });
  }

  return (req: IncomingMessage, res: ServerResponse, address: Address, below: string | null): void => {
    const ctx = new ApiContext({ req, res, ...address, headers, address: origin(req), publicOrigin });
    answer(ctx, below).catch((error: unknown) => {
      hub.log.error({ error }, 'an answer could not be sent');
      res.destroy();
    });
  };
}

function endpointOf(found: Found | null, method: string): Endpoint | null {
  return found?.methods.get(method === 'HEAD' ? 'GET' : method) ?? null;
}

/** `OPTIONS` anywhere is fine, other methods of a known path are 405, the rest is not there (contract §4). */
function answerRest(ctx: ApiContext, found: Found | null): void {
  if (ctx.method === 'OPTIONS') answerEmpty(ctx, 200);
  else throw found === null ? notFound() : new Refusal(405, 'Method Not Allowed');
}

/** What follows `/hub/api`, or null when the address is another's. */
function belowApi(baseUrl: string, path: string): string | null {
  const prefix = `${baseUrl}hub/api`;
  if (!path.startsWith(prefix)) return null;
  const below = path.slice(prefix.length);
  return below === '' || below.startsWith('/') ? below : null;
}

interface Address {
  readonly path: string;
  readonly querystring: string;
}

function addressOf(req: IncomingMessage): Address {
  const url = req.url ?? '';
  const at = url.indexOf('?');
  return at < 0 ? { path: url, querystring: '' } : { path: url.slice(0, at), querystring: url.slice(at + 1) };
}
