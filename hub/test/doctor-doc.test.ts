import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROBE_CODES } from '../src/domain/probe.ts';

test('the page on the doctor has a row for each probe, in their order, and no other', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/how-to/doctor.md'), 'utf8');
  expect([...page.matchAll(/^\| ([A-Z]+-\d\d) \|/gm)].map(([, code]) => code)).toEqual(PROBE_CODES);
});
