/** A word of the environment that is JSON, as what it says; undefined for an empty one, and all else as it came. */
export function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return undefined;
  if (!/^\s*[[{]/.test(value)) return value.trim();
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
