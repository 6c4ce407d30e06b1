import { expect, test } from 'vitest';
import { codeOf, fromBase32, oneTimeCodes, toBase32 } from './one-time-codes.ts';

// RFC 6238, appendix B: the key of its SHA-1 rows.
const RFC_KEY = Buffer.from('12345678901234567890');

test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('at %i s the code is the RFC’s', (seconds, code) => {
  expect(codeOf(RFC_KEY, Math.floor(seconds / 30), 8)).toBe(code);
  expect(oneTimeCodes.stepOf(toBase32(RFC_KEY), code.slice(2), seconds * 1000)).toBe(
    Math.floor(seconds / 30),
  );
});

// RFC 4226, appendix D.
test('the first ten counters give the RFC’s codes', () => {
  const codes = Array.from({ length: 10 }, (_, counter) => codeOf(RFC_KEY, counter));
  expect(codes.join(' ')).toBe('755224 287082 359152 969429 338314 254676 287922 162583 399871 520489');
});

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('%j in base32 is the RFC’s %s, there and back', (text, written) => {
  expect(toBase32(Buffer.from(text))).toBe(written);
  expect(fromBase32(written).toString()).toBe(text);
});

test('a code is good half a minute earlier and later, and no longer', () => {
  const secret = oneTimeCodes.newSecret();
  const now = 1_800_000_000_000;
  const code = codeOf(fromBase32(secret), now / 30_000);
  const seen = [-61_000, -30_000, 0, 59_000, 61_000].map((off) =>
    oneTimeCodes.stepOf(secret, code, now + off),
  );
  expect(seen).toEqual([null, now / 30_000, now / 30_000, now / 30_000, null]);
});

test.each(['', '12345', '1234567', '12345a', '１２３４５６', ' 123456', '-12345'])(
  '%j is no code',
  (code) => {
    expect(oneTimeCodes.stepOf(oneTimeCodes.newSecret(), code, 0)).toBeNull();
  },
);

test('secrets are of 160 bits and no two alike', () => {
  const secrets = new Set(Array.from({ length: 100 }, () => oneTimeCodes.newSecret()));
  expect(secrets.size).toBe(100);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
});
