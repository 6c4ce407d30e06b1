import { createHash } from 'node:crypto';
import { SESSION_ID_COOKIE } from '../contract.ts';
import { Refusal } from '../refusal.ts';

const HASH = /^[0-9a-f]{64}$/;
const MAX_BARRED = 500;
/** Of one address. Each is hashed again at each look at an open WebSocket. */
const MAX_TOKENS = 32;
/** An address that may hold a field of that name, its letters escaped or not. */
const TOKEN_FIELD = /[?&;](?:t|%74)[^=&;]*=/;
const AROUND = /^[\s\p{Cc}]+|[\s\p{Cc}]+$/gu;
const TOKEN = /^(?:token|bearer)\s+(\S+)\s*$/i;

/** Who may not pass a route any more, though its server still remembers them. */
export class Barred {
  readonly #hashes: ReadonlySet<string>;

  /** Throws Refusal 400: what is not understood must not let somebody pass. */
  constructor(data: unknown) {
    const given: unknown[] = Array.isArray(data) ? data : [null];
    if (given.length > MAX_BARRED || !given.every((one) => typeof one === 'string' && HASH.test(one)))
      throw new Refusal(
        400,
        `The route’s barred must be a list of at most ${MAX_BARRED} SHA-256 values, in hex.`,
      );
    this.#hashes = new Set(given.map(String));
  }

  has(words: readonly string[]): boolean {
    return words.some((word) => this.#hashes.has(createHash('sha256').update(word).digest('hex')));
  }
}

/** All the words by which servers of Jupyter's know who asks: session ids and API tokens, these in the address as well. */
export function visitorWords(rawHeaders: readonly string[], url: string): readonly string[] {
  const words = tokensIn(url);
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase();
    const value = rawHeaders[i + 1] ?? '';
    if (name === 'cookie') words.push(...sessionsIn(value));
    else if (name === 'authorization') words.push(...(TOKEN.exec(value)?.slice(1) ?? []));
  }
  return words;
}

/**
 * As the servers read them that take a token from the address (single-user servers before 5, and any with
 * JUPYTERHUB_ALLOW_TOKEN_IN_URL): name and value form-decoded, without the spaces and control characters around. Pythons
 * before 3.9.2 part fields at `;` as well. Of repeats they take the last: more than a few are nobody's.
 */
function tokensIn(url: string): string[] {
  const query = url.indexOf('?');
  if (query === -1 || !TOKEN_FIELD.test(url)) return [];
  const fields = new URLSearchParams(url.slice(query + 1).replaceAll(';', '&'));
  return fields
    .getAll('token')
    .slice(-MAX_TOKENS)
    .map((value) => value.replace(AROUND, ''));
}

function sessionsIn(cookie: string): string[] {
  if (!cookie.includes(SESSION_ID_COOKIE)) return [];
  return cookie.split(';').flatMap((pair) => {
    const cut = pair.indexOf('=');
    return cut !== -1 && pair.slice(0, cut).trim() === SESSION_ID_COOKIE
      ? [unquoted(pair.slice(cut + 1).trim())]
      : [];
  });
}

/** As Python reads a cookie's value: between quotes a backslash stands before a letter, or three octal digits. */
function unquoted(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value
    .slice(1, -1)
    .replace(/\\(?:([0-3][0-7][0-7])|(.))/g, (_, octal: string | undefined, letter: string | undefined) =>
      octal === undefined ? (letter ?? '') : String.fromCharCode(Number.parseInt(octal, 8)),
    );
}
