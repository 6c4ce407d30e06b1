import { expect, test } from 'vitest';
import { ROWS } from '../prove/signin-rows.ts';
import { asvsLevels } from './asvs-ids.ts';
import {
  dependenciesPage,
  leftOut,
  readPage,
  requirements,
  sourceTexts,
  withProbes,
} from './security-page.ts';

const page = readPage('security.md');
const rows = requirements(page);

test('every requirement of levels 1 and 2 stands in the page once, or is said not to apply', () => {
  const named = [...rows.map(({ id }) => id), ...leftOut(page)];
  expect(named.toSorted()).toEqual([...asvsLevels().keys()].toSorted());
  expect(rows.filter(({ id, level }) => String(asvsLevels().get(id)) !== level)).toEqual([]);
});

test('every proof that the page names is there, under its name', () => {
  const texts = sourceTexts();
  const missing = rows.flatMap(({ id, proofs }) =>
    proofs
      .filter(([file, title]) => texts.get(file)?.includes(title) !== true)
      .map(([file, title]) => `${id}: ${file} “${title}”`),
  );
  expect(missing).toEqual([]);
});

test('what is met is proved by something: only gaps, and what this page itself says, have no test', () => {
  const bare = rows.filter(
    ({ proofs, metBy }) => proofs.length === 0 && !/\*\*Gap\*\*|“|same table|table above/.test(metBy),
  );
  expect(bare.map(({ id }) => id)).toEqual([]);
});

test('every row of the reference’s probes stands in the page', () => {
  expect(ROWS.length).toBeGreaterThan(60);
  expect(withProbes(page)).toBe(page);
});

test('docs/explanation/dependencies.md is what package.json says (npm run docs:security)', () => {
  expect(readPage('dependencies.md')).toBe(dependenciesPage());
});
