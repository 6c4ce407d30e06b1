import { expect, test } from 'vitest';
import { addressBlock } from './address-block.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:DB8:0:2::7', '2001:db8:0:2::/64'],
  ['2001:0db8:0000:0002:1:2:3:4', '2001:db8:0:2::/64'],
  ['2001:db8::7', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('whoever has %s is counted as %s', (address, block) => {
  expect(addressBlock(address)).toBe(block);
});
