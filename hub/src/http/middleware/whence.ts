import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { Problem } from '../../domain/problem.ts';
import type { HubMiddleware } from '../hub-context.ts';

const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/** Where a request came from and under which address it knows us. */
export function whence(publicOrigin: string, trustedProxies: readonly string[] = []): HubMiddleware {
  const addressOf = addressBehindProxy(trustedProxies);
  return async (ctx, next) => {
    ctx.state.origin = originOf(ctx.req, publicOrigin);
    ctx.state.address = addressOf(ctx.req);
    await next();
  };
}

/**
 * Scheme and host as the browser knows them. What looks like no host is refused before anything is built from it,
 * also when the public address is known.
 *
 * @throws Problem HTTP-400
 */
export function originOf(req: IncomingMessage, publicOrigin: string): string {
  const host = req.headers.host ?? '';
  // The second: ports and numbers that look right and are none.
  if (!HOST.test(host) || URL.parse(`http://${host}`) === null)
    throw new Problem('HTTP-400', { detail: 'The Host header is missing or malformed.' });
  if (publicOrigin !== '') return publicOrigin;
  return `${wordsOf(req, 'x-forwarded-proto')[0] === 'https' ? 'https' : 'http'}://${host}`;
}

/**
 * The browser's own address. Only the proxy can reach the pages, and it sets X-Forwarded-* itself, so the last hop
 * of X-Forwarded-For is the one it saw and the first X-Forwarded-Proto is the browser's. Where that hop is a front
 * server that is trusted, the hop before it is whom the front server saw, and so on.
 */
export function addressBehindProxy(trusted: readonly string[] = []): (req: IncomingMessage) => string {
  const fronts = new BlockList();
  for (const range of trusted) {
    const [address = '', bits] = range.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) fronts.addAddress(address, family);
    else fronts.addSubnet(address, Number(bits), family);
  }
  const isFront = (hop: string) => isIP(hop) !== 0 && fronts.check(hop, isIPv6(hop) ? 'ipv6' : 'ipv4');
  return (req) => {
    const hops = wordsOf(req, 'x-forwarded-for').filter((hop) => hop !== '');
    return (hops.findLast((hop) => !isFront(hop)) ?? hops[0] ?? addressOfPeer(req)).slice(0, 64);
  };
}

/** Who is at the other end of the connection: all that is sure where no proxy stands before us. */
export function addressOfPeer(req: IncomingMessage): string {
  return req.socket.remoteAddress ?? 'unknown';
}

function wordsOf(req: IncomingMessage, name: 'x-forwarded-proto' | 'x-forwarded-for'): readonly string[] {
  const value = req.headers[name];
  return (typeof value === 'string' ? value : '').split(',').map((word) => word.trim());
}
