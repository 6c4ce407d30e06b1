import type { Answer } from './ask-hub.ts';
import type { Ask, Command } from './command.ts';
import type { Outcome } from './outcome.ts';
import { sentenceOf } from './sentence.ts';
import { table } from './table.ts';

type Body = Readonly<Record<string, unknown>>;

/** A command that asks one question and shows the rows under `key` of its answer, or with `--json` the answer as it came. */
export function listing(
  usage: string,
  {
    path,
    key = usage,
    doc,
    columns,
  }: { path: string; key?: string; doc: string; columns: readonly string[] },
): Command {
  return {
    usage,
    doc,
    run: async (ask: Ask, words) => showRows(await ask('GET', path), key, columns, words),
  };
}

/** A table of the rows under `key`; with `--json` the answer as it came. */
export function showRows(
  { status, body }: Answer,
  key: string,
  columns: readonly string[],
  words: readonly string[],
): Outcome {
  if (status !== 200) return { code: 1, error: sentenceOf(body) };
  if (words.includes('--json')) return { code: 0, out: json(body) };
  const found = Array.isArray(body[key]) ? body[key].map(mapping) : [];
  const rows = found.map((row) => columns.map((column) => cell(row[column])));
  return { code: 0, out: table(columns.map(heading), rows) };
}

/** What a script wants when it said `--json`, and one plain line for a person. */
export function showWord(word: string, body: Body, words: readonly string[]): Outcome {
  return { code: 0, out: words.includes('--json') ? json(body) : word };
}

/** `{}` for whatever is no mapping. */
export function mapping(value: unknown): Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function json(body: Body): string {
  return JSON.stringify(body, null, 2);
}

/** `lastActivity` → `LAST ACTIVITY`. */
function heading(column: string): string {
  return column.replace(/[A-Z]/g, (letter) => ` ${letter}`).toUpperCase();
}

function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  if (Array.isArray(value)) return value.join(', ') || '-';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}
