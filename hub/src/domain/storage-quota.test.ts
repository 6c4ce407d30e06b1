import { expect, test } from 'vitest';
import { formatBytes, quotaStanding } from './storage-quota.ts';

const GB = 2 ** 30;
const sizes = new Map([['a', 2 * GB]]);

test('without a quota or a volume there is nothing to say', () => {
  expect(quotaStanding({ bytes: null, action: 'refuse' }, 'a', sizes)).toBeNull();
  expect(quotaStanding({ bytes: GB, action: 'refuse' }, null, sizes)).toBeNull();
});

test('too much is refused only where the setting says so', () => {
  expect(quotaStanding({ bytes: GB, action: 'warn' }, 'a', sizes)).toMatchObject({
    over: true,
    refuses: false,
  });
  expect(quotaStanding({ bytes: GB, action: 'refuse' }, 'a', sizes)).toMatchObject({
    over: true,
    refuses: true,
  });
  expect(quotaStanding({ bytes: GB, action: 'hard' }, 'a', sizes)).toMatchObject({ refuses: false });
  expect(quotaStanding({ bytes: 2 * GB, action: 'refuse' }, 'a', sizes)).toMatchObject({ over: false });
});

test('what was not measured is never too much', () => {
  expect(quotaStanding({ bytes: GB, action: 'refuse' }, 'b', sizes)).toMatchObject({
    used: null,
    over: false,
  });
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [1.5 * GB, '1.5 GB'],
  [10.4 * GB, '10 GB'],
])('%d bytes read %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words));
