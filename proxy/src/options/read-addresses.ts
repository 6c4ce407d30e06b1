import { Refusal } from '../refusal.ts';
import type { ListenAddress } from './listen-address.ts';
import type { GivenOptions } from './parse-options.ts';

const API_SOCKET_MODE = 0o600;
const PUBLIC_SOCKET_MODE = 0o666;

/** Where people come. @throws Refusal */
export function publicAddress(given: GivenOptions): ListenAddress {
  return addressOf(given, 'socket', given.text('ip'), publicPort(given), PUBLIC_SOCKET_MODE, ['ip', 'port']);
}

function publicPort(given: GivenOptions): number {
  return portOf(given, 'port') ?? 8000;
}

/** Where the control API listens: beside the public port where nothing is said. @throws Refusal */
export function apiAddress(given: GivenOptions, publicAt: ListenAddress): ListenAddress {
  const port = portOf(given, 'api-port') ?? ('port' in publicAt ? publicAt.port + 1 : 8001);
  return addressOf(given, 'api-socket', given.text('api-ip') ?? 'localhost', port, API_SOCKET_MODE, [
    'api-ip',
    'api-port',
  ]);
}

/** Where figures are told; undefined: nowhere of their own. @throws Refusal */
export function metricsAddress(given: GivenOptions): ListenAddress | undefined {
  const port = portOf(given, 'metrics-port');
  if (port === undefined && given.text('metrics-socket') === undefined) return undefined;
  return addressOf(given, 'metrics-socket', given.text('metrics-ip'), port ?? 0, PUBLIC_SOCKET_MODE, [
    'metrics-ip',
    'metrics-port',
  ]);
}

/** From which plain port people are led to HTTPS. @throws Refusal */
export function redirectOf(given: GivenOptions): { from: number; to: number } | undefined {
  const from = portOf(given, 'redirect-port');
  if (from === undefined) return undefined;
  if (given.text('ssl-key') === undefined)
    throw new Refusal(400, '--redirect-port leads to HTTPS and needs --ssl-key and --ssl-cert.');
  return { from, to: portOf(given, 'redirect-to') ?? publicPort(given) };
}

/** Whether nobody but this machine reaches it. */
export function isPrivate(address: ListenAddress): boolean {
  return (
    'socketPath' in address ||
    address.host === 'localhost' ||
    address.host === '::1' ||
    /^127\./.test(address.host)
  );
}

function addressOf(
  given: GivenOptions,
  socketName: 'socket' | 'api-socket' | 'metrics-socket',
  host: string | undefined,
  port: number,
  mode: number,
  conflicts: readonly ('ip' | 'port' | 'api-ip' | 'api-port' | 'metrics-ip' | 'metrics-port')[],
): ListenAddress {
  const socketPath = given.text(socketName);
  if (socketPath === undefined)
    return { host: host === undefined || host === '*' ? '' : host.replace(/^\[|\]$/g, ''), port };
  const other = conflicts.find((name) => given.text(name) !== undefined);
  if (other !== undefined) throw new Refusal(400, `--${socketName} and --${other} exclude each other.`);
  return { socketPath, mode };
}

function portOf(
  given: GivenOptions,
  name: 'port' | 'api-port' | 'metrics-port' | 'redirect-port' | 'redirect-to',
): number | undefined {
  const port = given.number(name);
  if (port !== undefined && port > 65_535) throw new Refusal(400, `--${name} must not be larger than 65535.`);
  return port;
}
