import { expect, test } from 'vitest';
import { lockedPackages } from './lock-file.ts';
import { sourceBom } from './sbom.ts';

test('the SBOM of the sources names every package of the image, also those that tests use as well', () => {
  const names = sourceBom().components.map((part) => ('name' in part ? part.name : ''));
  expect(names).toEqual(expect.arrayContaining(['koa', 'accepts', '@koa/router']));
  expect(names).not.toContain('vitest');
  expect(names.length).toBe(lockedPackages().filter(({ development }) => !development).length);
});

test('each part has its address, its licence and its checksum', () => {
  const koa = sourceBom().components.find((part) => 'name' in part && part.name === 'koa');
  expect(koa).toMatchObject({
    purl: expect.stringMatching(/^pkg:npm\/koa@3\./),
    licenses: [{ license: { name: 'MIT' } }],
    hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
  });
});
