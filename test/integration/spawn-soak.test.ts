import { expect, test } from 'vitest';
import { soakSpawning } from '../soak/soak-spawning.ts';

test('a minute of everything at once ends with engine, store and routes in agreement, and nothing lost', {
  timeout: 600_000,
}, async () => {
  expect(await soakSpawning(60, 6)).toContain('engine, store and routes agree');
});
