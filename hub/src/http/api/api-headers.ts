import { JUPYTERHUB_VERSION } from '../../domain/settings.ts';
import type { Hub } from '../hub.ts';
import type { HubMiddleware } from '../hub-context.ts';

/** Headers of every answer of the API (contract §3): nothing of it is a page. */
export function apiHeaders(hub: Hub): HubMiddleware {
  const report = `${hub.settings.baseUrl}hub/security/csp-report`;
  const headers = {
    'X-JupyterHub-Version': JUPYTERHUB_VERSION,
    'Content-Security-Policy': `frame-ancestors 'none'; report-uri ${report}; default-src 'none'`,
    'Access-Control-Allow-Headers': 'accept, content-type, authorization',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  };
  return async (ctx, next) => {
    ctx.set(headers);
    await next();
  };
}
