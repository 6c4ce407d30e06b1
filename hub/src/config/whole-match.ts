import { RE2JS } from 're2js';

/** Whether the whole of a text fits. */
export type WholeMatch = (text: string) => boolean;

/**
 * A pattern of the configuration, matched by RE2: in a time in proportion to the text, whatever the pattern. The
 * language's own engine takes years for `(a+)+` and a name of sixty letters.
 *
 * @throws Error with one sentence for what is no pattern, or cannot be had that way (look-around, references back).
 */
export function wholeMatch(pattern: string): WholeMatch {
  const compiled = RE2JS.compile(pattern);
  return (text) => compiled.matches(text);
}
