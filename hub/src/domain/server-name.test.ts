import { expect, test } from 'vitest';
import { isServerName } from './server-name.ts';

test.each(['gpu', 'my server', 'a', 'Prod-2.1', 'x~y@z'])('%s may be a server', (name) => {
  expect(isServerName(name)).toBe(true);
});

test.each(['', '.', '..', '../x', 'a/b', 'a..b', ' a', 'a ', 'a\n', 'ä', 'a%2Fb', 'a?b', 'x'.repeat(65)])(
  '%j may not',
  (name) => {
    expect(isServerName(name)).toBe(false);
  },
);
