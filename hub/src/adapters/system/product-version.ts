import { readFileSync } from 'node:fs';

/** The version in the nearest package.json above: the same from source and from dist. */
export function productVersion(): string {
  for (const up of ['../../../../package.json', '../../../../../package.json']) {
    try {
      const found: unknown = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
      if (typeof found === 'object' && found !== null && 'version' in found) return String(found.version);
    } catch {
      // Not this far up.
    }
  }
  return 'unknown';
}
