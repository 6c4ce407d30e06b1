import type { Messages } from './messages/en.ts';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `0.42`, `12`: two digits that count, in the reader's way to write numbers. */
export function number(t: Messages, value: number): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return new Intl.NumberFormat(t.lang, { maximumFractionDigits: digits }).format(value);
}

/** `512 MiB`, `1.2 GiB`: powers of 1024, as `MEM_LIMIT` counts. */
export function bytes(t: Messages, value: number): string {
  const power = value < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(value) / 10));
  const amount = value / 1024 ** power;
  const digits = amount < 10 && power > 1 ? 1 : 0;
  const text = new Intl.NumberFormat(t.lang, { maximumFractionDigits: digits }).format(amount);
  return `${text} ${UNITS[power] ?? 'B'}`;
}

/** An amount of a chart's unit. */
export function amount(t: Messages, unit: 'bytes' | 'cores' | 'count', value: number): string {
  if (unit === 'bytes') return bytes(t, value);
  // Of things that are counted there are no parts, whatever their mean.
  return number(t, unit === 'count' ? Math.round(value) : value);
}
