/**
 * Milliseconds since the epoch as JupyterHub writes times: UTC, microseconds, no fraction when it is zero
 * (contract §4).
 */
export function timestamp(at: number): string;
export function timestamp(at: number | null): string | null;
export function timestamp(at: number | null): string | null {
  if (at === null) return null;
  const iso = new Date(at).toISOString();
  return iso.endsWith('.000Z') ? `${iso.slice(0, -5)}Z` : `${iso.slice(0, -1)}000Z`;
}

// What clients send: ISO 8601 with or without fraction and zone; without a zone it is UTC.
const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?$/;

/** The time a client sent, in milliseconds, or null when it is none. */
export function parseTimestamp(text: unknown): number | null {
  if (typeof text !== 'string' || !ISO.test(text)) return null;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const at = Date.parse(
    zoned
      .replace(' ', 'T')
      .replace(',', '.')
      .replace(/([+-]\d\d)(\d\d)$/, '$1:$2'),
  );
  return Number.isFinite(at) && at >= 0 ? at : null;
}
