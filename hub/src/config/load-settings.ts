import { SETTINGS, type Settings } from './settings.ts';

export interface Fault {
  readonly env: string;
  /** What is wrong, never the value: it may be a secret. */
  readonly reason: string;
}

export type Loaded = { readonly settings: Settings } | { readonly faults: readonly Fault[] };

/** Reads every setting; tells all faults at once. */
export function loadSettings(environment: Readonly<Record<string, string | undefined>>): Loaded {
  const faults: Fault[] = [];
  const found: Record<string, unknown> = {};
  for (const [name, { env, type, fallback }] of Object.entries(SETTINGS)) {
    const given = environment[env];
    // Compose hands on what is left empty as an empty word.
    const value = given === undefined || given.trim() === '' ? fallback : given;
    const read = type.safeParse(value);
    if (read.success) found[name] = read.data;
    else faults.push({ env, reason: read.error.issues[0]?.message ?? 'cannot be read' });
  }
  if (faults.length > 0) return { faults };
  const settings = found as Settings;
  const together = checkTogether(settings);
  return together.length > 0 ? { faults: together } : { settings };
}

/** Settings that only make sense with others. */
function checkTogether(settings: Settings): readonly Fault[] {
  const faults: Fault[] = [];
  const github = [
    ['GITHUB_CLIENT_ID', settings.githubClientId],
    ['GITHUB_CLIENT_SECRET', settings.githubClientSecret],
    ['OAUTH_CALLBACK_URL', settings.oauthCallbackUrl],
  ] as const;
  const given = github.filter(([, value]) => value !== null).map(([env]) => env);
  if (given.length > 0 && given.length < github.length) {
    for (const [env, value] of github) {
      if (value === null)
        faults.push({ env, reason: `is missing, and ${given.join(' and ')} cannot do without it` });
    }
  }
  const callback = settings.oauthCallbackUrl === null ? null : new URL(settings.oauthCallbackUrl).pathname;
  if (callback !== null && callback !== `${settings.baseUrl}hub/oauth_callback`) {
    faults.push({ env: 'OAUTH_CALLBACK_URL', reason: `should end in ${settings.baseUrl}hub/oauth_callback` });
  }
  if (
    settings.publicUrl !== null &&
    new URL(settings.publicUrl).pathname.replace(/\/$/, '') !== settings.baseUrl.replace(/\/$/, '')
  ) {
    faults.push({ env: 'PUBLIC_URL', reason: 'has another path than BASE_URL' });
  }
  return faults;
}
