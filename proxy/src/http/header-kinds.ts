/** How a request header is treated. Names that are not listed are passed on as they came. */
export type RequestHeaderKind =
  | 'pass'
  | 'hop'
  | 'connection'
  | 'host'
  | 'length'
  | 'encoding'
  | 'trailer'
  | 'expect'
  | 'cookie'
  | 'for'
  | 'proto'
  | 'forwarded-host'
  | 'forwarded-port'
  | 'outer'
  | 'identity'
  | 'fetch-mode'
  | 'websocket';

// `outer`: what a proxy in front of us says; believed only from one we trust.
// `identity`: headers with which some front ends vouch for a person. Nobody in front of us does.
const KINDS: ReadonlyMap<string, RequestHeaderKind> = new Map([
  ['connection', 'connection'],
  ['keep-alive', 'hop'],
  ['proxy-connection', 'hop'],
  ['proxy-authorization', 'hop'],
  ['proxy-authenticate', 'hop'],
  ['te', 'hop'],
  ['upgrade', 'hop'],
  ['http2-settings', 'hop'],
  ['host', 'host'],
  ['content-length', 'length'],
  ['transfer-encoding', 'encoding'],
  ['trailer', 'trailer'],
  ['expect', 'expect'],
  ['cookie', 'cookie'],
  ['x-forwarded-for', 'for'],
  ['x-forwarded-proto', 'proto'],
  ['x-forwarded-host', 'forwarded-host'],
  ['x-forwarded-port', 'forwarded-port'],
  ['forwarded', 'outer'],
  ['x-real-ip', 'outer'],
  ['x-scheme', 'outer'],
  ['remote-user', 'identity'],
  ['remote_user', 'identity'],
  ['x-remote-user', 'identity'],
  ['x-hub-user', 'identity'],
  ['x-forwarded-user', 'identity'],
  ['x-forwarded-email', 'identity'],
  ['x-forwarded-preferred-username', 'identity'],
  ['x-forwarded-groups', 'identity'],
  ['x-forwarded-access-token', 'identity'],
  ['sec-fetch-mode', 'fetch-mode'],
]);

// Clients spell a name in a few ways, and each request has a dozen: remembering the spellings saves lower-casing them.
const seen = new Map<string, RequestHeaderKind>();
const MAX_SEEN = 1024;

export function kindOf(name: string): RequestHeaderKind {
  const known = seen.get(name);
  if (known !== undefined) return known;
  const kind = KINDS.get(name.toLowerCase()) ?? kindOfKey(fieldKey(name));
  if (seen.size < MAX_SEEN) seen.set(name, kind);
  return kind;
}

/** Many servers read `X_Forwarded_User` as they read `X-Forwarded-User`: whoever may not say the one may not say the other. */
export function fieldKey(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function kindOfKey(key: string): RequestHeaderKind {
  if (KINDS.get(key) === 'identity') return 'identity';
  if (key.startsWith('x-jupyterhub-') || key.startsWith('x-berth-')) return 'identity';
  return key.startsWith('x-forwarded-') ? 'outer' : 'pass';
}
