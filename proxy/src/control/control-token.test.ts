import { expect, it } from 'vitest';
import { tokenCheck } from './control-token.ts';

it('takes the token and nothing near it', () => {
  const check = tokenCheck('secret');
  expect(check('token secret')).toBe(true);
  expect(check('Token  secret')).toBe(true);
  for (const wrong of [
    undefined,
    '',
    'secret',
    'token',
    'token secre',
    'token secrett',
    'xxtoken secret',
    'Bearer secret',
    'token secret x',
    'token\u00a0secret',
  ]) {
    expect(check(wrong), String(wrong)).toBe(false);
  }
});
