// Every block of the manual has somebody who tries it: nobody can add one that nothing looks at.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { PAGES, ROOT, RUN_BY, RUN_HERE, RUN_LANGUAGES } from './pages.ts';
import { readBlocks } from './shell-blocks.ts';

const READ_AS_SETTINGS = ['dotenv', 'yaml', 'json'];
/** Written into an image or a server's configuration by the test that runs the page. */
const READ_BY_OTHERS = ['dockerfile', 'nginx'];
/** Pictures of letters, answers, addresses: nothing that one types into a shell. */
const SHOWN = ['text'];
/** A block that truly cannot be run where tests run. More of them is a decision, made here. */
const MOST_NOT_RUN = 2;

const blocks = PAGES.flatMap((page) =>
  readBlocks(readFileSync(join(ROOT, page), 'utf8')).map((block) => ({
    page,
    ...block,
    at: `${page}:${block.line}`,
  })),
);
const run = blocks.filter(({ language }) => RUN_LANGUAGES.includes(language));

test('every block says what it is', () => {
  const known = [...RUN_LANGUAGES, ...READ_AS_SETTINGS, ...READ_BY_OTHERS, ...SHOWN];
  expect(blocks.filter(({ language }) => !known.includes(language)).map(({ at }) => at)).toEqual([]);
});

test('every page with commands is run by somebody, once', () => {
  const withCommands = new Set(run.map(({ page }) => page));
  expect([...RUN_HERE, ...Object.keys(RUN_BY)].sort()).toEqual([...withCommands].sort());
});

test.each(Object.entries(RUN_BY))('%s is read and run by %s', (page, path) => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  expect(text).toContain(basename(page));
  expect(text).toContain('runBlock(');
});

test('no command hides in a block that is only shown', () => {
  const command =
    /^\s*(\$ |sudo |make |\.\/berth|berth |docker |git |curl |apt|systemctl |npm |pip |cp |mv |mkdir |echo |tar |cat )/m;
  const hidden = blocks.filter(({ language, text }) => SHOWN.includes(language) && command.test(text));
  expect(hidden.map(({ at }) => at)).toEqual([]);
});

test('what is not run says why, and there are few of them', () => {
  const left = blocks.filter(({ notRun }) => notRun !== '');
  expect(left.filter(({ notRun }) => notRun.length < 20).map(({ at }) => at)).toEqual([]);
  expect(left.length, left.map(({ at, notRun }) => `${at}: ${notRun}`).join('\n')).toBeLessThanOrEqual(
    MOST_NOT_RUN,
  );
});

test('the manual has its commands', () => {
  expect(run.length).toBeGreaterThan(50);
});
