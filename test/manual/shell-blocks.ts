import { readFile } from 'node:fs/promises';
import { shell } from '../prove/shell.ts';
import { commandsOf, expectSaid } from './console-block.ts';

/** A fenced block of a page, in the page's order. */
export interface Block {
  /** The first word behind the fence: `sh`, `yaml`, `dockerfile`. */
  readonly language: string;
  /** From `title=`: the file that the page tells to write; empty when it tells none. */
  readonly file: string;
  /** From `exit=`: the exit codes that the page speaks of; 0 where it says nothing. */
  readonly exits: readonly number[];
  /** From `not-run="…"`: why no test runs it; empty for the others. */
  readonly notRun: string;
  readonly text: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
}

const FENCE = /^( *)```([a-z]*)(.*)$/;

interface Open {
  readonly indent: number;
  readonly language: string;
  readonly words: string;
  readonly line: number;
  readonly lines: string[];
}

/** @throws Error when a fence is not closed. */
export function readBlocks(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: Open | null = null;
  for (const [index, line] of markdown.split('\n').entries()) {
    const [fence, indent = '', language = '', words = ''] = FENCE.exec(line) ?? [];
    if (open === null) {
      if (fence === undefined) continue;
      open = { indent: indent.length, language, words, line: index + 1, lines: [] };
    } else if (fence !== undefined && language === '') {
      blocks.push(closed(open));
      open = null;
    } else {
      open.lines.push(line.slice(open.indent));
    }
  }
  if (open !== null) throw new Error(`the block of line ${open.line} is not closed`);
  return blocks;
}

function closed({ language, words, line, lines }: Open): Block {
  const word = (pattern: RegExp): string => pattern.exec(words)?.[1] ?? '';
  const exits = word(/ exit=([\d,]+)/);
  return {
    language,
    file: word(/ title=(\S+)/),
    exits: exits === '' ? [0] : exits.split(',').map(Number),
    notRun: word(/ not-run="([^"]+)"/),
    line,
    text: `${lines.join('\n')}\n`,
  };
}

export async function blocksOf(page: string): Promise<readonly Block[]> {
  return readBlocks(await readFile(page, 'utf8'));
}

/**
 * Runs a page's `sh`, `console` or `crontab` block as a reader would who copies it: in one shell that stops at the first failure.
 * Of a `console` block only what stands behind `$` is run, and the answers are held against the page's; of a `crontab`
 * what cron would run.
 *
 * @throws Error with the block's line and the last words when it ends otherwise than the page says.
 */
export async function runBlock(
  { text, line, language, exits }: Block,
  directory: string,
  environment: Readonly<Record<string, string>> = {},
  seconds = 900,
): Promise<string> {
  const talk = language === 'console';
  const script = talk ? commandsOf(text) : language === 'crontab' ? fromCrontab(text) : text;
  const { code, output } = await shell(directory, ['bash', '-euo', 'pipefail', '-c', script], {
    environment,
    seconds,
  });
  if (!exits.includes(code)) {
    throw new Error(`the block of line ${line} ended with ${code}:\n${output.slice(-3000)}`);
  }
  if (talk) expectSaid(text, output, line);
  return output.trim();
}

/** What cron hands to the shell: without its five fields, and with `\\%` as the sign itself. */
function fromCrontab(text: string): string {
  return text.replaceAll(/^([\d*/,-]+ +){5}/gm, '').replaceAll('\\%', '%');
}
