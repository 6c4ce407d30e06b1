/** More of a message tells nothing more. */
const LONGEST = 200;

/**
 * What JSON.parse complains of, without the piece of the text that V8 quotes: what stands there may be a secret, and the
 * message goes to the log.
 */
export function jsonFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/,? (?:\.\.\.)?"[\s\S]*"(?:\.\.\.)? is not valid JSON$/, ' is not expected there')
    .slice(0, LONGEST);
}
