/** Longest `next` that is followed; OAuth and nbgitpuller links stay far below it. */
export const NEXT_MAX = 4096;

/** Where hub pages live: the base path and, if it was told, the public origin. */
export interface NextPlace {
  /** One slash at each end: `/` or `/jhub/`. */
  readonly baseUrl: string;
  /** `https://hub.example`, or the empty string. */
  readonly publicOrigin: string;
}

// Browsers drop tabs and line ends inside URLs before they read them; others end up in headers.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;

// Coming back to one of these after signing in would sign out again, or go round in circles.
const DOORS = ['login', 'logout', 'oauth_login', 'oauth_callback', 'setup'];

/**
 * The path, query and fragment to go on to after signing in or starting, or null when `raw` is missing,
 * leads to another site, outside the base path, or back to a door. Null means: use your default.
 *
 * Rules (auth-and-security §0.15, §8.1): begins with one slash, whatever the parser makes of it; same
 * origin alone proves nothing, since `/hub/..//evil` and `https://hub//evil` have it too; `\` is what `/`
 * is for a browser, so it is encoded.
 */
export function safeNext(raw: unknown, place: NextPlace): string | null {
  if (typeof raw !== 'string' || raw === '' || raw.length > NEXT_MAX || CONTROL.test(raw)) return null;
  const local = withoutOrigin(raw.replaceAll('\\', '%5C'), place.publicOrigin);
  if (local === null || !local.startsWith('/') || local.startsWith('//')) return null;
  const parsed = URL.parse(local, 'http://hub.invalid');
  if (parsed === null || parsed.origin !== 'http://hub.invalid') return null;
  // Dot segments are gone now; what they hid may begin with two slashes.
  if (parsed.pathname.startsWith('//') || !parsed.pathname.startsWith(place.baseUrl)) return null;
  return leadsToDoor(parsed.pathname, place.baseUrl)
    ? null
    : `${parsed.pathname}${parsed.search}${parsed.hash}`;
}

/** `url?next=…`, or `url` alone when there is nothing to come back to. */
export function withNext(url: string, next: string | null): string {
  if (next === null) return url;
  return `${url}${url.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`;
}

/** Cuts our own origin off an absolute URL. A longer host, a port or a user part is another origin. */
function withoutOrigin(raw: string, publicOrigin: string): string | null {
  if (raw.startsWith('/')) return raw;
  const parsed = URL.parse(raw);
  if (parsed === null || publicOrigin === '') return null;
  const web = parsed.protocol === 'https:' || parsed.protocol === 'http:';
  const ours = web && parsed.origin === publicOrigin && parsed.username === '' && parsed.password === '';
  return ours ? `${parsed.pathname}${parsed.search}${parsed.hash}` : null;
}

/** The router decodes and ignores capitals and a last slash; so must this. */
function leadsToDoor(pathname: string, baseUrl: string): boolean {
  const path = decoded(pathname.slice(baseUrl.length));
  if (path === null) return true;
  const [hub, door] = path.toLowerCase().split('/');
  return hub === 'hub' && door !== undefined && DOORS.includes(door);
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
