/**
 * Whether something noted at `at` is younger than `ms`, all in milliseconds. What comes from the future is not: the machine's
 * clock was put back, and nobody knows how old it is.
 */
export function isFresh(at: number, now: number, ms: number): boolean {
  return at <= now && now - at < ms;
}
