import { isIP } from 'node:net';
import { Refusal } from '../refusal.ts';

/** Where requests of a route go. Host names are resolved when a connection is made, not before. */
export interface Target {
  /** The target as it was given. */
  readonly url: string;
  readonly tls: boolean;
  /** Path of a unix socket, or undefined for TCP. */
  readonly socketPath: string | undefined;
  readonly hostname: string;
  readonly port: number;
  /** `host[:port]` as a Host header would name it. */
  readonly authority: string;
  /** Path that is put before the request's own, without a trailing slash; `''` if none. */
  readonly basePath: string;
  /** Equal for targets that may share connections. */
  readonly key: string;
}

const UNIX_TARGET = /^(?:http\+unix|unix\+http):\/\/([^/?#]+)(\/[^?#]*)?$/;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*\.?$/i;

/** Reads and checks a target. Throws Refusal 400 with the reason. */
export function parseTarget(url: string): Target {
  const unix = UNIX_TARGET.exec(url);
  if (unix !== null) return unixTarget(url, unix[1] ?? '', unix[2] ?? '');
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new Refusal(400, 'The target is not a URL.');
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw new Refusal(400, 'The target must start with http://, https:// or http+unix://.');
  }
  if (parsed.username !== '' || parsed.password !== '')
    throw new Refusal(400, 'The target must not contain credentials.');
  if (parsed.search !== '' || parsed.hash !== '')
    throw new Refusal(400, 'The target must not contain a query or a fragment.');
  const tls = parsed.protocol === 'https:';
  const hostname = parsed.hostname.replace(/^\[|\]$/g, '');
  if (isIP(hostname) === 0 && !HOST_NAME.test(hostname))
    throw new Refusal(400, 'The target has no usable host name.');
  const port = parsed.port === '' ? (tls ? 443 : 80) : Number(parsed.port);
  if (port === 0) throw new Refusal(400, 'The target must name a port between 1 and 65535.');
  if (isMetadataAddress(hostname))
    throw new Refusal(400, 'The target must not be a link-local or metadata address.');
  return {
    url,
    tls,
    socketPath: undefined,
    hostname,
    port,
    authority: parsed.host,
    basePath: parsed.pathname.replace(/\/+$/, ''),
    key: `${parsed.protocol}//${hostname}|${port}`,
  };
}

function unixTarget(url: string, encodedPath: string, path: string): Target {
  let socketPath: string;
  try {
    socketPath = decodeURIComponent(encodedPath);
  } catch {
    throw new Refusal(400, 'The socket path of the target is not percent-encoded UTF-8.');
  }
  if (!socketPath.startsWith('/') || socketPath.includes('\0')) {
    throw new Refusal(400, 'The socket path of the target must be absolute.');
  }
  const basePath = path.replace(/\/+$/, '');
  return {
    url,
    tls: false,
    socketPath,
    hostname: 'localhost',
    port: 0,
    authority: 'localhost',
    basePath,
    key: `unix:${socketPath}`,
  };
}

// A cloud's metadata service answers whoever can reach it: no route may lead there.
function isMetadataAddress(hostname: string): boolean {
  const name = hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^::ffff:/, '');
  return (
    /^169\.254\./.test(name) ||
    /^a9fe:/.test(name) ||
    /^fe[89ab]/.test(name) ||
    name === 'fd00:ec2::254' ||
    name === 'metadata.google.internal'
  );
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname === '::1' ||
  hostname.startsWith('127.') ||
  hostname === '0.0.0.0' ||
  hostname === '::';

/** Refuses a target that is one of the proxy's own listeners: a request there would go round for ever. */
export function refuseLoop(target: Target, listeners: readonly { host: string; port: number }[]): void {
  for (const listener of listeners) {
    if (listener.port !== target.port) continue;
    if (isLoopback(target.hostname) || target.hostname === listener.host) {
      throw new Refusal(400, 'The target is one of the proxy’s own ports.');
    }
  }
}
