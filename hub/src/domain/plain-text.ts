const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  apos: "'",
  nbsp: ' ',
};

/**
 * The words of a text that was written as HTML, as JupyterHub takes announcements: links keep their address
 * behind the word, line breaks stay, every other tag goes. Never shown as HTML, so nothing here must be safe.
 */
export function plainText(html: string): string {
  return html
    .replace(
      /<a\b[^>]*\bhref\s*=\s*["']([^"'<>]*)["'][^>]*>(.*?)<\/a>/gis,
      (_, href: string, word: string) => (word.trim() === href ? href : `${word} (${href})`),
    )
    .replace(/<br\s*\/?>|<\/p>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(#39|[a-z]+);/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
    .trim();
}

export interface Piece {
  readonly text: string;
  /** An http or https address: nothing else becomes a link. */
  readonly href: string | null;
}

// Brackets belong to it in pairs; signs at the end of a sentence are not the address's.
const ADDRESS = /https?:\/\/(?:[^\s<>"()]|\([^\s<>"()]*\))*(?:[^\s<>"().,;:!?\]']|\([^\s<>"()]*\))/g;

/** A text in pieces: words, and the addresses among them. */
export function withLinks(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), href: null });
    pieces.push({ text: match[0], href: URL.canParse(match[0]) ? match[0] : null });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null });
  return pieces;
}
