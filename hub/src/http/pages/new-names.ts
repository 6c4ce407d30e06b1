import { isUsername, normalizeUsername } from '../../domain/user.ts';

/** One form may bring a whole course, not fill the store. */
const NAMES_MAX = 1000;

export interface NewNames {
  /** Good ones, normalised, each once. */
  readonly names: readonly string[];
  /** As typed, cut to a length that can be shown. */
  readonly bad: readonly string[];
  readonly tooMany: boolean;
}

/** Names out of a text field: one a line, or parted by commas. */
export function newNames(text: string): NewNames {
  const words = text
    .split(/[\n,]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const normal = [...new Set(words.map(normalizeUsername))];
  return {
    names: normal.filter(isUsername),
    bad: words.filter((word) => !isUsername(normalizeUsername(word))).map((word) => word.slice(0, 64)),
    tooMany: normal.length > NAMES_MAX,
  };
}
