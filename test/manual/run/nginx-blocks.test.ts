// What the manual tells to write for nginx is read by nginx itself.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shell } from '../../prove/shell.ts';
import { PAGES, ROOT } from '../pages.ts';
import { type Block, blocksOf } from '../shell-blocks.ts';

const blocks = (
  await Promise.all(
    PAGES.map(async (page) =>
      (await blocksOf(join(ROOT, page))).map((block) => [`${page}:${block.line}`, block] as const),
    ),
  )
)
  .flat()
  .filter(([, { language }]) => language === 'nginx');

async function read(text: string): Promise<{ code: number; output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'berth-manual-nginx-'));
  const file = join(folder, 'nginx.conf');
  try {
    await writeFile(file, `pid ${folder}/pid;\nevents {}\nhttp {\naccess_log off;\n${text}}\n`);
    return await shell(folder, ['nginx', '-t', '-e', 'stderr', '-c', file], { seconds: 60 });
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('nginx refuses what is none of its', async () => {
  expect((await read('server { listens 8080; }\n')).code).not.toBe(0);
});

test.each(blocks)('%s', async (_, { text }: Block) => {
  const { code, output } = await read(text);
  expect(code, output).toBe(0);
});
