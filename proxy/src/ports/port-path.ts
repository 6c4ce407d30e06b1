import { Refusal } from '../refusal.ts';
import { decodeSegment, pathOf } from '../routes/route-path.ts';

/** Which program is asked for what. */
export interface PortPath {
  readonly port: number;
  /** What stands before the program's own path, as it was sent: `/user/alice/proxy/5000`. */
  readonly context: string;
  /** Path and query as the program shall see them. */
  readonly url: string;
  /** The program knows where it stands: its path keeps the prefix. */
  readonly absolute: boolean;
}

const MAX_PORT = 65_535;

/**
 * Reads `<prefix>proxy/<port>/…`, whose prefix the program never sees, and `<prefix>proxy/absolute/<port>/…`, whose
 * prefix it does: jupyter-server-proxy's addresses. `prefix` is the server's, decoded: `/jhub/user/alice/`.
 *
 * Throws Refusal 404 when it is no such address, 400 when it names no port or `own`, the forwarder's.
 */
export function readPortPath(url: string, prefix: string, own: number): PortPath {
  const path = pathOf(url);
  const segments = path.slice(1).split('/');
  const known = [...prefix.split('/').filter((segment) => segment !== ''), 'proxy'];
  if (!known.every((name, at) => decodeSegment(segments[at] ?? '') === name))
    throw new Refusal(404, 'No program’s address begins like this.');
  const absolute = segments[known.length] === 'absolute';
  const depth = known.length + (absolute ? 2 : 1);
  const word = segments[depth - 1] ?? '';
  const port = /^\d{1,5}$/.test(word) ? Number(word) : 0;
  if (port < 1 || port > MAX_PORT)
    throw new Refusal(400, 'The address must name a port: a number from 1 to 65535.');
  if (port === own) throw new Refusal(400, 'On this port the hub itself listens: no program can be there.');
  const context = `/${segments.slice(0, depth).join('/')}`;
  const rest = url.slice(context.length);
  return { port, context, absolute, url: absolute ? url : rest.startsWith('/') ? rest : `/${rest}` };
}
