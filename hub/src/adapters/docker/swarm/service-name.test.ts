import { expect, test } from 'vitest';
import { serviceName } from './service-name.ts';

const NAMES = /^[a-zA-Z0-9](?:[-_]*[a-zA-Z0-9]+)*$/;

test('a name that a service can have stays as it is', () => {
  for (const name of ['jupyter-alice', 'jupyter-a-5fb--my-server', 'x'.repeat(63)]) {
    expect(serviceName(name)).toBe(name);
  }
});

test('a name that is too long, or no name in the DNS, becomes one; two of them never become the same', () => {
  const long = `jupyter-${'a'.repeat(80)}`;
  const names = [long, `${long}b`, 'jupyter-a.b', 'jupyter-a-', '-x', `${'y'.repeat(63)}-`];
  const made = names.map(serviceName);
  for (const name of made) {
    expect(name.length).toBeLessThanOrEqual(63);
    expect(name).toMatch(NAMES);
  }
  expect(new Set(made).size).toBe(names.length);
});
