/** Lists with commas between their words, each option given any number of times. */
export const separated = (lists: readonly string[]): string[] =>
  lists
    .flatMap((list) => list.split(','))
    .map((word) => word.trim())
    .filter((word) => word !== '');
