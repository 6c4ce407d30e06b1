// What sentences name in passing is there, too: commands, verbs of make, settings.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../../hub/src/cli/commands.ts';
import { SETTINGS } from '../../hub/src/config/settings.ts';
import { PAGES, ROOT } from './pages.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The former project's verb, a variable of the Jupyter images, one of Docker's own client. */
const OF_OTHERS = ['notebook', 'NB_UMASK', 'DOCKER_SERVICE_PREFER_OFFLINE_IMAGE'];

/** Decisions tell what was, reference pages are made from the code. */
const TOLD = PAGES.filter((page) => !/^docs\/(decisions|reference)\//.test(page));
const words = TOLD.flatMap((page) =>
  [
    ...read(page)
      .replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map(([, word = '']) => ({
    page,
    word,
  })),
);

/** Words of the pages that the pattern catches and nobody knows, with their page. */
function unknown(pattern: RegExp, known: (name: string) => boolean): readonly string[] {
  const found = words.flatMap(({ page, word }) => {
    const name = pattern.exec(word)?.[1];
    return name === undefined ? [] : [{ page, word, name }];
  });
  expect(found.length).toBeGreaterThan(3);
  return found
    .filter(({ name }) => !known(name) && !OF_OTHERS.includes(name))
    .map(({ page, word }) => `${page}: ${word}`);
}

test('every verb of make that a sentence names is one', () => {
  const verbs = new Set([...read('Makefile').matchAll(/^([a-z]+):/gm)].map(([, verb]) => verb));
  expect(unknown(/^make ([a-z]+)/, (name) => verbs.has(name))).toEqual([]);
});

test('every command of npm that a sentence names is one', () => {
  const { scripts } = JSON.parse(read('package.json'));
  expect(unknown(/^npm run ([a-z:]+)/, (name) => Object.hasOwn(scripts, name))).toEqual([]);
});

test('every word of ./berth that a sentence names is one', async () => {
  const { error = '' } = await runCommand(
    () => Promise.reject(new Error('nobody is asked')),
    ['no-such-word'],
  );
  const known = new Set([...error.matchAll(/^ {2}([a-z-]+)/gm)].map(([, word]) => word));
  // `berth serve` is the hub itself, not the command line.
  expect(unknown(/^(?:\.\/)?berth ([a-z-]+)/, (name) => known.has(name) || name === 'serve')).toEqual([]);
});

test('every setting that a sentence gives a value is one', () => {
  const code = globSync(['Makefile', 'compose.yaml', 'compose/**/*.{yaml,sh}', 'test/prove/*.ts'], {
    cwd: ROOT,
  })
    .map(read)
    .join('\n');
  const settings = new Set(Object.values(SETTINGS).map(({ env }) => env as string));
  const isKnown = (name: string) => settings.has(name) || new RegExp(`\\b${name}\\b`).test(code);
  expect(unknown(/\b([A-Z][A-Z0-9_]{2,})=/, isKnown)).toEqual([]);
});
