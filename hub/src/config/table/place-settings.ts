import { reader, setting, text } from '../setting.ts';

/** Keys with `;` between, or a list of YAML, as `CryptKeeper.keys` is one. */
const keys = reader({ type: ['string', 'array', 'null'] }, 'should be keys of 32 bytes', (value) => {
  const words = Array.isArray(value) ? value : [value ?? ''];
  if (words.some((word) => typeof word !== 'string')) return undefined;
  return words.join(';').trim() || null;
});

/** Files, keys and the log. */
export const PLACE_SETTINGS = {
  proxyAuthTokenFile: setting({
    env: 'CONFIGPROXY_AUTH_TOKEN_FILE',
    doc: 'File with the word that the hub says there.',
    type: text,
    fallback: 'secrets/proxy_auth_token',
  }),
  cookieSecretFile: setting({
    env: 'COOKIE_SECRET_FILE',
    trait: 'JupyterHub.cookie_secret_file',
    doc: 'File with the key that signs forms. Nobody but its owner may read it.',
    type: text,
    fallback: 'secrets/cookie_secret',
  }),
  cryptKey: setting({
    env: 'JUPYTERHUB_CRYPT_KEY',
    trait: 'CryptKeeper.keys',
    doc: 'Keys that seal what providers tell (32 bytes each, hex or base64, with `;` between): the first seals, all open. Instead of the file below.',
    type: keys,
    secret: true,
  }),
  cryptKeyFile: setting({
    env: 'CRYPT_KEY_FILE',
    doc: 'File with the same. Without either, people whom a provider vouches for sign in again after each restart of the hub.',
    type: text,
    fallback: 'secrets/crypt_key',
  }),
  dataDir: setting({
    env: 'DATA_DIR',
    doc: 'Directory of the store.',
    type: text,
    fallback: '/data',
  }),
  adminSocket: setting({
    env: 'BERTH_ADMIN_SOCKET',
    doc: 'Socket on which the command line talks to the running hub.',
    type: text,
    fallback: '/run/berth/admin.sock',
  }),
  gateSocket: setting({
    env: 'GATE_SOCKET',
    doc: 'Socket that the gate before the engine opens for the hub, where `compose/socket-gate.yaml` is used.',
    type: text,
    fallback: '/var/lib/berth/docker.sock',
  }),
  instance: setting({
    env: 'BERTH_INSTANCE',
    doc: "Name of this hub on the engine's labels, for machines with several.",
    type: text,
    fallback: 'berth',
  }),
  logLevel: setting({
    env: 'LOG_LEVEL',
    doc: 'How much the log tells: `debug`, `info`, `warn` or `error`.',
    type: text,
    fallback: 'info',
  }),
} as const;
