/** `60 minutes`, `1 second`: the largest unit that still leaves two digits, rounded down. */
export function formatSpan(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 120) return count(seconds, 'second');
  if (seconds < 7200) return count(Math.floor(seconds / 60), 'minute');
  return count(Math.floor(seconds / 3600), 'hour');
}

function count(value: number, unit: string): string {
  return `${value} ${unit}${value === 1 ? '' : 's'}`;
}
