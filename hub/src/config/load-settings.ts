import { oauthFaults } from './oauth-faults.ts';
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
  const faults: Fault[] = [...oauthFaults(settings)];
  if (
    settings.publicUrl !== null &&
    new URL(settings.publicUrl).pathname.replace(/\/$/, '') !== settings.baseUrl.replace(/\/$/, '')
  ) {
    faults.push({ env: 'PUBLIC_URL', reason: 'has another path than BASE_URL' });
  }
  return faults;
}
