import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { referencePages } from '../../docs/make-reference.ts';
import { SETTINGS } from '../src/config/settings.ts';
import { PROBLEMS } from '../src/domain/problem.ts';

const ROOT = join(import.meta.dirname, '../..');

test.each(Object.entries(referencePages()))(
  'docs/reference/%s is what the code says (npm run docs)',
  (name, text) => {
    expect(readFileSync(join(ROOT, 'docs/reference', name), 'utf8')).toBe(text);
  },
);

function sources(): string {
  return globSync('hub/src/**/*.{ts,tsx}', { cwd: ROOT })
    .filter((path) => !/\.test\.tsx?$|domain\/problem\.ts$|config\/settings\.ts$/.test(path))
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n');
}

test('every setting that is described is also obeyed', () => {
  const code = sources();
  expect(Object.keys(SETTINGS).filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});

test('every problem of the catalogue is told somewhere, and nothing is told that is not in it', () => {
  const told = new Set(
    sources().match(/\b(?:AUTH|PERM|HTTP|STORE|STORAGE|VOLUME|IMAGE|ENV|SHARE|SERVER|SPAWN|RUN)-\d{3}\b/g),
  );
  expect([...told].filter((code) => !Object.hasOwn(PROBLEMS, code))).toEqual([]);
  expect(Object.keys(PROBLEMS).filter((code) => !told.has(code))).toEqual([]);
});
