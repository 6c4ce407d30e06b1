import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { newNotebook, runCell } from '../../e2e/jupyter-lab.ts';
import { type Block, blocksOf, runBlock } from '../../manual/shell-blocks.ts';
import { must } from '../../prove/shell.ts';
import { docker } from '../locked-container.ts';
import { ImagesHouse, PREFIX } from './images-house.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PAGE = join(ROOT, 'docs/how-to/bring-your-own-image.md');
const OWN = ['statistics', 'lab', 'hooked', 'board'];

/** As on the page, under image names of this test. */
const blocks = (await blocksOf(PAGE)).map((block) => ({
  ...block,
  text: block.text.replaceAll('berth-notebook-', PREFIX),
}));
const profiles = blocks
  .filter(({ language }) => language === 'yaml')
  .flatMap(({ text }) => (parse(text) as { singleuser: { profileList: unknown[] } }).singleuser.profileList);

/** A project folder of its own, as a reader has one. */
let project: string;
beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'berth-guide-'));
  project = join(directory, 'berth');
  await must(ROOT, ['git', 'clone', '-q', ROOT, project]);
});
afterAll(async () => {
  for (const id of OWN) await docker(['image', 'rm', '-f', `${PREFIX}${id}`]).catch(() => undefined);
  await rm(dirname(project), { recursive: true, force: true });
});

const said = new Map<string, string>();
const steps = blocks.filter(({ language, file }) => language === 'sh' || file !== '');

test.each(steps.map((block) => [block.line, titleOf(block), block] as const))(
  'line %i: %s',
  async (_, title, block) => {
    if (block.language === 'sh') {
      const environment = { NOTEBOOK_PREFIX: PREFIX };
      said.set(title, await runBlock(block, project, environment, 1800));
      return;
    }
    const path = join(project, block.file);
    await must(project, ['mkdir', '-p', dirname(path)]);
    await writeFile(path, block.text);
  },
  1_900_000,
);

function titleOf({ language, file, text }: Block): string {
  return language === 'sh' ? (text.trim().split('\n').at(-1) ?? '') : `write ${file}`;
}

test('the page has commands, and they say what the page promises', () => {
  expect(said.size).toBeGreaterThan(6);
  const words = [...said.values()].join('\n');
  expect(words).toContain('the course is statistics');
  expect(words).toContain('< ready >');
  expect(words).toMatch(new RegExp(`${PREFIX}scipy +\\d+ MB`));
  expect(words).toContain(`image: ${PREFIX}scipy`);
});

test('every block of the page is a command, a file that it tells to write, or an address', () => {
  for (const { language, file, line } of blocks) {
    expect(['sh', 'text'].includes(language) || file !== '', `line ${line}`).toBe(true);
  }
});

test('what the page builds is started by the hub: for the group that it names, and as a web application', async () => {
  const house = await ImagesHouse.open({ images: [], profiles });
  try {
    const [student, guest] = [house.name('student'), house.name('guest')];
    await house.hub.api('POST', `/users/${student}`);
    await house.hub.api('POST', '/groups/statistics-2026');
    await house.hub.api('POST', '/groups/statistics-2026/users', { users: [student] });
    const page = await house.person(student);
    await house.start(page, 'profile=statistics');
    await newNotebook(page);
    // Importing all of it takes a busy machine a minute.
    const version = 'import importlib.metadata as m; print(m.version("statsmodels"))';
    expect(await runCell(page, version)).toMatch(/^\d+\.\d+/);

    const other = await house.person(guest);
    await other.goto(`${house.url}/hub/spawn`);
    await other.getByText('Board').first().waitFor();
    expect(await other.getByText('Statistics').count()).toBe(0);
    await house.start(other, 'profile=board');
    await other.getByText('Hello from the board').waitFor();
  } finally {
    await house.close();
  }
});
