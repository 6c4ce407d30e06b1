import type { CullPolicy } from '../domain/cull-settings.ts';

/** A year. */
export const LONGEST_SECONDS = 31_536_000;

export interface PolicyFault {
  /** Of the key, inside of what was read. */
  readonly path: readonly string[];
  readonly message: string;
}

/** As written here, and as JupyterHub would write it. */
const KEYS: Readonly<Record<string, keyof CullPolicy>> = {
  timeout: 'timeout',
  freezeTimeout: 'freezeTimeout',
  freeze_timeout: 'freezeTimeout',
  maxAge: 'maxAge',
  max_age: 'maxAge',
};

/** Reads what a group or a profile says of idleness: seconds by key; null, 0 and `never` are never. */
export function readPolicy(value: unknown): {
  readonly policy: Partial<CullPolicy>;
  readonly faults: readonly PolicyFault[];
} {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { policy: {}, faults: [{ path: [], message: 'should be a mapping such as {timeout: 7200}' }] };
  }
  const faults: PolicyFault[] = [];
  const policy: { -readonly [Key in keyof CullPolicy]?: CullPolicy[Key] } = {};
  for (const [key, given] of Object.entries(value)) {
    const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    const seconds = secondsOf(given);
    if (known === undefined) {
      faults.push({ path: [key], message: 'is not known; timeout, freezeTimeout and maxAge are' });
    } else if (seconds === undefined) {
      faults.push({ path: [key], message: `should be seconds from 1 to ${LONGEST_SECONDS}, or never` });
    } else policy[known] = seconds;
  }
  return { policy, faults };
}

function secondsOf(given: unknown): number | null | undefined {
  if (given === null || given === 'never') return null;
  const seconds = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= LONGEST_SECONDS)) return undefined;
  return seconds === 0 ? null : seconds;
}
