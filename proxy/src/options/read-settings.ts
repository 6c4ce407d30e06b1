import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fieldKey } from '../http/header-kinds.ts';
import { Refusal } from '../refusal.ts';
import type { ClientCertificates, TlsFiles } from '../tls/tls-files.ts';
import { hostName } from './host-name.ts';
import type { ListenAddress } from './listen-address.ts';
import type { GivenOptions } from './parse-options.ts';
import type { ForwardSettings } from './settings.ts';

export interface ProxySettings {
  readonly forward: ForwardSettings;
  readonly publicAt: ListenAddress;
  readonly apiAt: ListenAddress;
  readonly metricsAt: ListenAddress | undefined;
  readonly publicTls: TlsFiles | undefined;
  readonly publicClients: ClientCertificates;
  readonly apiTls: TlsFiles | undefined;
  readonly apiClients: ClientCertificates;
  readonly upstreamTls: TlsFiles;
  readonly insecure: boolean;
  readonly token: string | undefined;
  readonly defaultTarget: string | undefined;
  readonly errorTarget: string | undefined;
  readonly errorPath: string | undefined;
  readonly redirect: { readonly from: number; readonly to: number } | undefined;
  /** Where the answers to an authority's questions stand. */
  readonly challenges: string | undefined;
  readonly pidFile: string | undefined;
  readonly logLevel: string;
  readonly keepAliveTimeout: number;
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly drainTimeout: number;
  readonly holdTimeout: number;
  readonly storageFile: string | undefined;
  readonly trustedProxies: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const API_SOCKET_MODE = 0o600;
const PUBLIC_SOCKET_MODE = 0o666;

/** Turns options and environment into settings. Throws Refusal with one sentence for what does not fit together. */
export function readSettings(given: GivenOptions, env: Environment): ProxySettings {
  const port = portOf(given, 'port') ?? 8000;
  const publicAt = addressOf(given, 'socket', given.text('ip'), port, PUBLIC_SOCKET_MODE, ['ip', 'port']);
  const apiPort = portOf(given, 'api-port') ?? ('port' in publicAt ? port + 1 : 8001);
  const apiAt = addressOf(
    given,
    'api-socket',
    given.text('api-ip') ?? 'localhost',
    apiPort,
    API_SOCKET_MODE,
    ['api-ip', 'api-port'],
  );
  const token = readToken(env);
  if (token === undefined && !isPrivate(apiAt)) {
    throw new Refusal(
      400,
      'The control API would be open to the network without a token. Set CONFIGPROXY_AUTH_TOKEN or CONFIGPROXY_AUTH_TOKEN_FILE, or leave --api-ip at localhost.',
    );
  }
  if (given.text('error-target') !== undefined && given.text('error-path') !== undefined) {
    throw new Refusal(400, 'Give either --error-target or --error-path, not both.');
  }
  return {
    forward: forwardSettings(given),
    publicAt,
    apiAt,
    metricsAt: metricsAddress(given),
    publicTls: inFolder(tlsOf(given, 'ssl', env.CONFIGPROXY_SSL_KEY_PASSPHRASE), env.CONFIGPROXY_SSL_FOLDER),
    publicClients: { request: given.flag('ssl-request-cert'), reject: given.flag('ssl-reject-unauthorized') },
    apiTls: tlsOf(given, 'api-ssl', env.CONFIGPROXY_API_SSL_KEY_PASSPHRASE),
    apiClients: {
      request: given.flag('api-ssl-request-cert'),
      reject: given.flag('api-ssl-reject-unauthorized'),
    },
    upstreamTls: tlsFiles(given, 'client-ssl', undefined),
    insecure: given.flag('insecure'),
    token,
    defaultTarget: given.text('default-target'),
    errorTarget: given.text('error-target'),
    errorPath: given.text('error-path'),
    redirect: redirectOf(given, port),
    challenges: given.text('challenge-dir') ?? (env.CONFIGPROXY_CHALLENGE_DIR || undefined),
    pidFile: given.text('pid-file'),
    logLevel: logLevel(given),
    keepAliveTimeout: given.number('keep-alive-timeout') ?? 65_000,
    maxConnections: given.number('max-connections') ?? 10_000,
    maxConnectionsPerAddress: given.number('max-connections-per-address') ?? 2_500,
    holdTimeout: given.number('hold-timeout') ?? 60_000,
    drainTimeout: given.number('drain-timeout') ?? 8_000,
    storageFile: given.text('storage-file'),
    trustedProxies: trustedProxies(given, env),
  };
}

function forwardSettings(given: GivenOptions): ForwardSettings {
  const protocolRewrite = given.text('protocol-rewrite');
  if (protocolRewrite !== undefined && protocolRewrite !== 'http' && protocolRewrite !== 'https') {
    throw new Refusal(400, '--protocol-rewrite takes http or https.');
  }
  return {
    xForward: !given.flag('no-x-forward'),
    customHeaders: customHeaders(given.list('custom-header')),
    autoRewrite: given.flag('auto-rewrite'),
    protocolRewrite,
    hostRouting: given.flag('host-routing'),
    allowedHosts: new Set(separated(given.list('allowed-hosts')).map(hostName)),
    includePrefix: !given.flag('no-include-prefix'),
    prependPath: !given.flag('no-prepend-path'),
    changeOrigin: given.flag('change-origin'),
    timeout: given.number('timeout') ?? 0,
    proxyTimeout: given.number('proxy-timeout') ?? 0,
  };
}

const CUSTOM_HEADER = /^\s*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*:\s*([\t\x20-\x7e\x80-\xff]*?)\s*$/;
const NOT_CUSTOM =
  /^(?:host|content-length|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect)$/;

function customHeaders(given: readonly string[]): Map<string, { name: string; value: string }> {
  const headers = new Map<string, { name: string; value: string }>();
  for (const header of given) {
    const [, name, value] = CUSTOM_HEADER.exec(header) ?? [];
    if (name === undefined || value === undefined)
      throw new Refusal(400, `--custom-header needs name:value, not "${header}".`);
    if (NOT_CUSTOM.test(name.toLowerCase()))
      throw new Refusal(400, `--custom-header cannot set ${name}: it belongs to the connection.`);
    headers.set(fieldKey(name), { name, value });
  }
  return headers;
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

function metricsAddress(given: GivenOptions): ListenAddress | undefined {
  const port = portOf(given, 'metrics-port');
  if (port === undefined && given.text('metrics-socket') === undefined) return undefined;
  return addressOf(given, 'metrics-socket', given.text('metrics-ip'), port ?? 0, PUBLIC_SOCKET_MODE, [
    'metrics-ip',
    'metrics-port',
  ]);
}

function tlsFiles(
  given: GivenOptions,
  side: 'ssl' | 'api-ssl' | 'client-ssl',
  passphrase: string | undefined,
): TlsFiles {
  return {
    key: given.text(`${side}-key`),
    cert: given.text(`${side}-cert`),
    ca: given.text(`${side}-ca`),
    dhparam: given.text('ssl-dhparam'),
    passphrase,
    protocol: given.text('ssl-protocol'),
    ciphers: given.text('ssl-ciphers'),
  };
}

function tlsOf(
  given: GivenOptions,
  side: 'ssl' | 'api-ssl',
  passphrase: string | undefined,
): TlsFiles | undefined {
  const files = tlsFiles(given, side, passphrase);
  if (files.key === undefined && files.cert === undefined) return undefined;
  if (files.key === undefined || files.cert === undefined)
    throw new Refusal(400, `--${side}-key and --${side}-cert belong together.`);
  return files;
}

/** An overlay of Compose can add to the environment, but not to the command line: files of the same names, elsewhere. */
function inFolder(files: TlsFiles | undefined, folder: string | undefined): TlsFiles | undefined {
  if (files?.key === undefined || files.cert === undefined || folder === undefined || folder === '')
    return files;
  return { ...files, key: join(folder, basename(files.key)), cert: join(folder, basename(files.cert)) };
}

function redirectOf(given: GivenOptions, port: number): { from: number; to: number } | undefined {
  const from = portOf(given, 'redirect-port');
  if (from === undefined) return undefined;
  if (given.text('ssl-key') === undefined)
    throw new Refusal(400, '--redirect-port leads to HTTPS and needs --ssl-key and --ssl-cert.');
  return { from, to: portOf(given, 'redirect-to') ?? port };
}

function readToken(env: Environment): string | undefined {
  if (env.CONFIGPROXY_AUTH_TOKEN !== undefined && env.CONFIGPROXY_AUTH_TOKEN !== '')
    return env.CONFIGPROXY_AUTH_TOKEN;
  const file = env.CONFIGPROXY_AUTH_TOKEN_FILE;
  if (file === undefined || file === '') return undefined;
  let token: string;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Refusal(
      400,
      `The token file ${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
  if (token === '') throw new Refusal(400, `The token file ${file} is empty.`);
  return token;
}

function isPrivate(address: ListenAddress): boolean {
  return (
    'socketPath' in address ||
    address.host === 'localhost' ||
    address.host === '::1' ||
    /^127\./.test(address.host)
  );
}

function logLevel(given: GivenOptions): string {
  const level = (given.text('log-level') ?? 'info').toLowerCase();
  if (!['debug', 'info', 'warn', 'error'].includes(level))
    throw new Refusal(400, '--log-level takes debug, info, warn or error.');
  return level;
}

/** An overlay of Compose can add to the environment, but not to the command line. */
function trustedProxies(given: GivenOptions, env: Environment): readonly string[] {
  const told = given.list('trusted-proxies');
  const named = separated(told.length > 0 ? told : [env.CONFIGPROXY_TRUSTED_PROXIES ?? '']);
  if (named.length === 0) return ['loopback'];
  return named.includes('none') ? [] : named;
}

/** Lists with commas between their words, each option given any number of times. */
const separated = (lists: readonly string[]): string[] =>
  lists
    .flatMap((list) => list.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
