import { Refusal } from '../refusal.ts';
import type { ClientCertificates, TlsFiles } from '../tls/tls-files.ts';
import { separated } from './comma-list.ts';
import type { ListenAddress } from './listen-address.ts';
import type { GivenOptions } from './parse-options.ts';
import { apiAddress, isPrivate, metricsAddress, publicAddress, redirectOf } from './read-addresses.ts';
import { forwardSettings } from './read-forward-settings.ts';
import { inFolder, tlsFiles, tlsOf } from './read-tls.ts';
import { readToken } from './read-token.ts';
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

/** Turns options and environment into settings. Throws Refusal with one sentence for what does not fit together. */
export function readSettings(given: GivenOptions, env: Environment): ProxySettings {
  const publicAt = publicAddress(given);
  const apiAt = apiAddress(given, publicAt);
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
    redirect: redirectOf(given),
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
