import { readFile } from 'node:fs/promises';
import { must } from '../prove/shell.ts';

/** A fenced block of a page, in the page's order. */
export interface Block {
  /** The first word behind the fence: `sh`, `yaml`, `dockerfile`. */
  readonly language: string;
  /** From `title=`: the file that the page tells to write; empty when it tells none. */
  readonly file: string;
  readonly text: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
}

const FENCE = /^( *)```([a-z]*)(.*)$/;

/** @throws Error when a fence is not closed. */
export function readBlocks(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { indent: number; language: string; file: string; line: number; lines: string[] } | null = null;
  for (const [index, line] of markdown.split('\n').entries()) {
    const [, indent = '', language = '', rest = ''] = FENCE.exec(line) ?? [];
    const fence = FENCE.test(line);
    if (open === null) {
      if (!fence) continue;
      const [, file = ''] = /title=(\S+)/.exec(rest) ?? [];
      open = { indent: indent.length, language, file, line: index + 1, lines: [] };
    } else if (fence && language === '') {
      const { lines, indent: _, ...block } = open;
      blocks.push({ ...block, text: `${lines.join('\n')}\n` });
      open = null;
    } else {
      open.lines.push(line.slice(open.indent));
    }
  }
  if (open !== null) throw new Error(`the block of line ${open.line} is not closed`);
  return blocks;
}

export async function blocksOf(page: string): Promise<readonly Block[]> {
  return readBlocks(await readFile(page, 'utf8'));
}

/**
 * Runs a page's shell block as a reader would who copies it: in one shell that stops at the first failure.
 *
 * @throws Error with the block's line and the last words when it fails.
 */
export async function runBlock(
  { text, line }: Block,
  directory: string,
  environment: Readonly<Record<string, string>> = {},
  seconds = 900,
): Promise<string> {
  try {
    return await must(directory, ['bash', '-euo', 'pipefail', '-c', text], { environment, seconds });
  } catch (error) {
    throw new Error(`the block of line ${line}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
