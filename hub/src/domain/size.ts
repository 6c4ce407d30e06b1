const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** Bytes of `2G`, `512M`, `1073741824`, as JupyterHub's ByteSpecification writes them; undefined: it is no size. */
export function readSize(word: string): number | undefined {
  const match = /^(\d{1,20}(?:\.\d{1,20})?)\s*([kmgt]?)i?b?$/i.exec(word.trim());
  const size = Number(match?.[1]) * (UNITS[(match?.[2] ?? '').toLowerCase()] ?? Number.NaN);
  return Number.isFinite(size) && size > 0 ? Math.round(size) : undefined;
}
