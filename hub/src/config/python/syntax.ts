import type { SyntaxNode } from '@lezer/common';

const MARKS: ReadonlySet<string> = new Set(['(', ')', '[', ']', '{', '}', ',', ':', ';', '.', 'Comment']);

/** The children that say something: no brackets, no commas, no remarks. */
export function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const parts: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!MARKS.has(child.name)) parts.push(child);
  }
  return parts;
}

/** Whether the parser had to guess anywhere in it. */
export function isBroken(node: SyntaxNode): boolean {
  let broken = false;
  node.cursor().iterate((each) => {
    broken ||= each.type.isError;
    return !broken;
  });
  return broken;
}

/** `os . environ` → `os.environ`. */
export function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Names that are told to people; what else stands in a file may be a secret. */
export function isPlainName(text: string): boolean {
  return /^[A-Za-z_][\w.]{0,99}$/.test(text);
}
