import { expect, test } from 'vitest';
import { dependencyFaults } from './dependency-faults.ts';
import { atLeast } from './lock-file.ts';

test('every package is pinned, has a checksum, a reason and a licence, and none is known to be unsafe', () => {
  expect(dependencyFaults()).toEqual([]);
});

test.each([
  ['3.3.0', '3.1.2', true],
  ['3.1.2', '3.1.2', true],
  ['3.1.1', '3.1.2', false],
  ['2.99.0', '3.0.0', false],
  ['10.0.0', '9.9.9', true],
])('%s is at least %s: %s', (version, floor, expected) => {
  expect(atLeast(version, floor)).toBe(expected);
});
