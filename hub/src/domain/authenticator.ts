/** The ways of signing in that the hub knows, in its own words. */
export const AUTHENTICATORS = [
  'local',
  'pam',
  'dummy',
  'shared-password',
  'github',
  'generic-oauth',
] as const;

export type Authenticator = (typeof AUTHENTICATORS)[number];

// What others call them: JupyterHub's short words and class names. Compared without capitals, and a class
// name also without the module before it.
const OTHER_NAMES: Readonly<Record<string, Authenticator>> = {
  native: 'local',
  nativeauthenticator: 'local',
  default: 'pam',
  pamauthenticator: 'pam',
  localpamauthenticator: 'pam',
  dummyauthenticator: 'dummy',
  sharedpasswordauthenticator: 'shared-password',
  githuboauthenticator: 'github',
  localgithuboauthenticator: 'github',
  'local-github': 'github',
  genericoauthenticator: 'generic-oauth',
  localgenericoauthenticator: 'generic-oauth',
  'local-generic-oauth': 'generic-oauth',
  oidc: 'generic-oauth',
};

/** The way that a word of a configuration names (`pam`, `jupyterhub.auth.PAMAuthenticator`), or null. */
export function authenticatorOf(word: string): Authenticator | null {
  const small = word.trim().toLowerCase();
  const known = (name: string): Authenticator | null =>
    AUTHENTICATORS.find((one) => one === name) ??
    (Object.hasOwn(OTHER_NAMES, name) ? (OTHER_NAMES[name] ?? null) : null);
  // A short word never has a module before it: `evil.local` is nothing that we know.
  return known(small) ?? (small.endsWith('authenticator') ? known(small.split('.').at(-1) ?? '') : null);
}

/** The word that was probably meant: the one with the fewest letters to change. */
export function nearestAuthenticator(word: string): string {
  const small = word.trim().toLowerCase().split('.').at(-1) ?? '';
  let nearest: string = AUTHENTICATORS[0];
  let fewest = Number.POSITIVE_INFINITY;
  for (const name of [...AUTHENTICATORS, ...Object.keys(OTHER_NAMES)]) {
    const changes = changesBetween(small.slice(0, 64), name);
    if (changes < fewest) [nearest, fewest] = [name, changes];
  }
  return authenticatorOf(nearest) ?? nearest;
}

/** Levenshtein's distance. */
function changesBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
