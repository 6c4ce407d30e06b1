import { expect, test } from 'vitest';
import { jsonFault } from './json-fault.ts';

function faultOf(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    return jsonFault(error);
  }
  throw new Error('that was JSON');
}

test.each([
  '{"apiToken": "s3cretw0rd" x}',
  '{"apiToken": s3cretw0rd}',
  's3cretw0rd',
  '"s3cretw0rd',
  '["s3cretw0rd",]',
  `{"apiToken": "s3cretw0rd"${' '.repeat(5000)}x}`,
  '{"a": "s3c\nretw0rd"}',
])('what is wrong with %j is told without quoting it', (text) => {
  const told = faultOf(text);
  expect(told).not.toMatch(/s3c|retw0rd/);
  expect(told.length).toBeGreaterThan(10);
  expect(told.length).toBeLessThanOrEqual(200);
});
