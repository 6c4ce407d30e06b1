import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { addressBehindProxy } from './whence.ts';

function seen(forwarded: string | undefined, trusted: readonly string[]): string {
  const request = new IncomingMessage(new Socket());
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return addressBehindProxy(trusted)(request);
}

const CASES: readonly (readonly [string | undefined, readonly string[], string, string])[] = [
  ['203.0.113.9', [], '203.0.113.9', 'what our proxy saw'],
  ['6.6.6.6, 203.0.113.9', [], '203.0.113.9', 'a word of the browser itself is not believed'],
  ['203.0.113.9, 172.30.213.2', ['172.30.213.2'], '203.0.113.9', 'a front server’s word is'],
  ['6.6.6.6, 203.0.113.9, 172.30.213.2', ['172.30.213.2'], '203.0.113.9', 'but not the browser’s before it'],
  ['203.0.113.9, 10.1.2.3, 172.30.213.2', ['172.30.213.2', '10.0.0.0/8'], '203.0.113.9', 'two front servers'],
  ['2001:db8::7, fd00::2', ['fd00::/64'], '2001:db8::7', 'version 6'],
  ['10.0.0.5', ['10.0.0.0/8'], '10.0.0.5', 'whoever asks from among the front servers'],
  ['nonsense, 172.30.213.2', ['172.30.213.2'], 'nonsense', 'what is no address is no front server'],
  [undefined, [], 'unknown', 'nobody said anything'],
];

test.each(CASES)('%j behind %j is %s: %s', (forwarded, trusted, address) => {
  expect(seen(forwarded, trusted)).toBe(address);
});
