import { isUsername, normalizeUsername } from './user.ts';

/** Who may sign in, and who of them is an administrator: name → admin. */
export type Userlist = ReadonlyMap<string, boolean>;

export interface UserlistReading {
  /** Null when the text is no list: then the last good one stays in force. */
  readonly list: Userlist | null;
  /** One sentence a fault, with its line. */
  readonly faults: readonly string[];
}

/**
 * Reads a userlist: one name a line, `admin` after it for administrators, `#` begins a comment.
 *
 * Rules: capitals do not matter; CRLF and a byte-order mark are tolerated; an unknown second word is told
 * but makes nobody an administrator; a name that cannot be one makes the whole text bad, and so does a text
 * with nothing in it (an editor may just be writing). A list of comments only is a list of nobody.
 */
export function readUserlist(text: string): UserlistReading {
  const list = new Map<string, boolean>();
  const faults: string[] = [];
  let broken = false;
  if (text.trim() === '') return { list: null, faults: ['the file is empty'] };
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const [word = '', role, ...rest] = line.replace(/#.*$/, '').trim().split(/\s+/);
    if (word === '') continue;
    const name = normalizeUsername(word);
    if (!isUsername(name)) {
      faults.push(`line ${index + 1}: ${JSON.stringify(word.slice(0, 40))} cannot be a user name`);
      broken = true;
      continue;
    }
    const admin = role === 'admin' && rest.length === 0;
    if (role !== undefined && !admin) {
      faults.push(`line ${index + 1}: only the word "admin" may follow a name`);
    }
    list.set(name, admin || list.get(name) === true);
  }
  return { list: broken ? null : list, faults };
}
