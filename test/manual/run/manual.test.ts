// The manual, as a reader follows it: page by page, block by block, in one installation that the first tutorial sets up.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGES, ROOT, RUN_HERE, RUN_LANGUAGES } from '../pages.ts';
import { type Block, blocksOf } from '../shell-blocks.ts';
import { HOW_TO_SCENES } from './how-to-scenes.ts';
import { ManualHouse } from './manual-house.ts';
import { TUTORIAL_SCENES } from './tutorial-scenes.ts';

const SCENES = { ...TUTORIAL_SCENES, ...HOW_TO_SCENES };
const BLOCK_MS = 1_900_000;

let house: ManualHouse;
beforeAll(async () => {
  house = await ManualHouse.open();
});
afterAll(async () => {
  await house?.close();
});

test('scenes are of pages that are there', () => {
  expect(Object.keys(SCENES).filter((page) => !PAGES.includes(page))).toEqual([]);
});

const pages = await Promise.all(RUN_HERE.map(async (page) => [page, await stepsOf(page)] as const));

describe.each(pages)('%s', (page, steps) => {
  const { before, afterwards = {}, instead = {}, after } = SCENES[page] ?? {};
  beforeAll(async () => {
    await before?.(house);
  }, BLOCK_MS);
  afterAll(async () => {
    await after?.(house);
  }, BLOCK_MS);

  test('each act belongs to one block', () => {
    for (const words of [...Object.keys(afterwards), ...Object.keys(instead)])
      expect(
        steps.filter(({ text }) => text.includes(words)),
        words,
      ).toHaveLength(1);
  });

  test.each(steps.map((block) => [block.line, titleOf(block), block] as const))(
    'line %i: %s',
    async (_, _title, block) => {
      const own = actOf(instead, block);
      const said = own === undefined ? await house.follow(block) : await own(house, block.text);
      await actOf(afterwards, block)?.(house, said);
    },
    BLOCK_MS,
  );
});

async function stepsOf(page: string): Promise<readonly Block[]> {
  const blocks = await blocksOf(join(ROOT, page));
  return blocks.filter(
    ({ language, file, notRun }) => notRun === '' && (RUN_LANGUAGES.includes(language) || file !== ''),
  );
}

function actOf<A>(acts: Readonly<Record<string, A>>, { text }: Block): A | undefined {
  return Object.entries(acts).find(([words]) => text.includes(words))?.[1];
}

function titleOf({ file, text }: Block): string {
  return file === '' ? (text.split('\n')[0] ?? '') : `write ${file}`;
}
