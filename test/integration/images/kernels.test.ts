import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newNotebook, runCell } from '../../e2e/jupyter-lab.ts';
import { ImagesHouse } from './images-house.ts';

/** What stands on the launcher, a cell of that language, and what it answers. */
const KERNELS = [
  ['Python 3 (ipykernel)', 'import sys; print(6*7, sys.prefix)', /^42 \/usr$/],
  ['Python 3 (course)', 'import sys; print(6*7, sys.prefix)', /^42 \/opt\/environments\/course$/],
  ['R', 'cat(6*7, R.version$language)', /^42 R$/],
  ['Octave', 'printf("%d %d\\n", 6*7, exist("OCTAVE_VERSION"))', /^42 5$/],
  ['Bash', 'echo $((6*7)) "$BASH_VERSION"', /^42 5\.\d/],
] as const;

let house: ImagesHouse;
let page: Page;
beforeAll(async () => {
  house = await ImagesHouse.open({ images: ['multi-kernel'], settings: { MEM_LIMIT: '2G' } });
  page = await house.person(house.name('poly'));
  await house.start(page, 'profile=multi-kernel');
});
afterAll(() => house?.close());

async function open(kernel: string): Promise<void> {
  const { origin, pathname } = new URL(page.url());
  await page.goto(`${origin}${pathname.replace(/\/lab.*/, '')}/lab/workspaces/w${Date.now()}`);
  await newNotebook(page, kernel);
}

test.each(KERNELS)('%s runs a cell', async (kernel, code, answer) => {
  await open(kernel);
  expect(await runCell(page, code)).toMatch(answer);
  await house.photograph(page, `kernel-${kernel.replaceAll(/\W+/g, '-')}`);
});

test('these are all the kernels there are', async () => {
  const cards = page.locator('.jp-LauncherCard[data-category="Notebook"]');
  await page.goto(`${page.url().replace(/\/lab.*/, '')}/lab/workspaces/all${Date.now()}`);
  await cards.first().waitFor();
  const titles = await cards.evaluateAll((found) => found.map((card) => card.getAttribute('title')));
  expect(titles.sort()).toEqual(KERNELS.map(([name]) => name).sort());
});

test('a Bash cell keeps what the one before it left: a variable, a function, the working directory', async () => {
  await open('Bash');
  await runCell(page, 'answer=42; double() { echo $((2*$1)); }; cd /tmp; echo set');
  expect(await runCell(page, 'double $answer; pwd')).toBe('84\n/tmp');
});

test('R and Octave draw', async () => {
  for (const [kernel, code] of [
    ['R', 'plot(1:3)'],
    ['Octave', 'plot([1 4 9])'],
  ] as const) {
    await open(kernel);
    await runCell(page, code);
    await page.locator('.jp-OutputArea-output img, .jp-OutputArea-output svg').first().waitFor();
  }
});

test('what is installed into the second environment is there, and not in the first', async () => {
  const make =
    'import sysconfig, pathlib; pathlib.Path(sysconfig.get_path("purelib"), "only_here.py").write_text("word = 42")';
  await open('Python 3 (course)');
  expect(await runCell(page, make)).toBe('9');
  expect(await runCell(page, 'import only_here; only_here.word')).toBe('42');
  await open('Python 3 (ipykernel)');
  expect(await runCell(page, 'import importlib.util as u; print(u.find_spec("only_here"))')).toBe('None');
});
