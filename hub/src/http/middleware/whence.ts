import { Problem } from '../../domain/problem.ts';
import type { HubMiddleware } from '../hub-context.ts';

const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/**
 * Where a request came from and under which address it knows us.
 *
 * Only the proxy can reach the pages, and it sets X-Forwarded-* itself, so the last hop of
 * X-Forwarded-For is the one it saw and the first X-Forwarded-Proto is the browser's. What looks like no
 * host is refused before anything is built from it.
 */
export function whence(publicOrigin: string): HubMiddleware {
  return async (ctx, next) => {
    const host = ctx.get('Host');
    // The second: ports and numbers that look right and are none.
    if (!HOST.test(host) || URL.parse(`http://${host}`) === null)
      throw new Problem('HTTP-400', { detail: 'The Host header is missing or malformed.' });
    const scheme = ctx.get('X-Forwarded-Proto').split(',')[0]?.trim() === 'https' ? 'https' : 'http';
    ctx.state.origin = publicOrigin === '' ? `${scheme}://${host}` : publicOrigin;
    const hop = ctx.get('X-Forwarded-For').split(',').at(-1)?.trim() ?? '';
    ctx.state.address = (hop === '' ? (ctx.req.socket.remoteAddress ?? 'unknown') : hop).slice(0, 64);
    await next();
  };
}
