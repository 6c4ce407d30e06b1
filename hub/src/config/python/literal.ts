/**
 * Text and numbers as Python writes them (The Python Language Reference, 2.4).
 * Each answers undefined for what it does not read: an unclosed mark, a named character, a complex number.
 */

const STRING = /^([A-Za-z]{0,2})('''|"""|'|")([\s\S]*)$/;

export function readString(text: string): string | undefined {
  const [, prefix = '', mark = '', rest = ''] = STRING.exec(text) ?? [];
  if (mark === '' || !rest.endsWith(mark)) return undefined;
  const body = rest.slice(0, -mark.length);
  // The mark at the end may itself be escaped: then the text is not closed.
  const slashes = /\\*$/.exec(body)?.[0].length ?? 0;
  if (slashes % 2 === 1) return undefined;
  return readBody(body, prefix);
}

/** What stands between the marks. Line ends are `\n`, as Python reads them. */
export function readBody(body: string, prefix: string): string | undefined {
  const letters = prefix.toLowerCase();
  const lines = body.replace(/\r\n?/g, '\n');
  // Bytes are text only where every byte is a letter of ASCII.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  if (letters.includes('b') && !/^[\x00-\x7f]*$/.test(lines)) return undefined;
  return letters.includes('r') ? lines : withoutEscapes(lines);
}

const ESCAPE = /\\(\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[\s\S])/g;
const LETTERS: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function withoutEscapes(body: string): string | undefined {
  let good = true;
  const text = body.replace(ESCAPE, (whole, code: string) => {
    const letter = LETTERS[code];
    if (letter !== undefined) return letter;
    if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
    if (/^[xuU][0-9a-fA-F]/.test(code)) {
      const point = Number.parseInt(code.slice(1), 16);
      if (point <= 0x10ffff) return String.fromCodePoint(point);
    }
    // A named character, and an unfinished \x: Python asks its tables, or refuses.
    if (/^[NxuU]/.test(code)) good = false;
    return whole;
  });
  return good ? text : undefined;
}

export function readNumber(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  const based = /^0[xob]/i.test(plain);
  if (!based && !/^(0+|[1-9]\d*|(\d+\.\d*|\.\d+|\d+)([eE][+-]?\d+)?)$/.test(plain)) return undefined;
  // Python refuses 0777, which once was octal: who wrote it meant no decimal number.
  if (/^0\d*[1-9]\d*$/.test(plain)) return undefined;
  const number = Number(plain);
  const whole = based || /^\d+$/.test(plain);
  return Number.isFinite(number) && (!whole || Number.isSafeInteger(number)) ? number : undefined;
}
