/** The heading and the first sentences of a page, or a script's message. */
export function wordsOf(text: string): string {
  const message = /"message":\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  const main = /<main.*?<\/main>/s.exec(text)?.[0] ?? /<body.*/s.exec(text)?.[0] ?? text;
  const plain = main
    .replace(/<(style|script|form|dl|details)\b.*?<\/\1>|<[^>]*>/gs, ' ')
    .replaceAll('&#39;', '’')
    .replace(/\s+/g, ' ')
    .trim();
  return (message ?? plain).slice(0, 220);
}
