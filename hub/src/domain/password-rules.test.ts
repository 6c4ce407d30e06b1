import { expect, test } from 'vitest';
import { passwordFault } from './password-rules.ts';

const RULES = { least: 8, common: true };

test.each([
  ['password', 'common'],
  ['Password1234', 'common'],
  ['P@ssw0rd!!', 'common'],
  ['monkeymonkey', 'common'],
  ['1234567890', 'common'],
  ['87654321', 'common'],
  ['qwertyuiop', 'common'],
  ['!!summer2026', 'common'],
  ['aaaaaaaabb', 'common'],
  ['jupyterhub123', 'common'],
  ['anaanaana', 'common'],
  ['ana-ana-1', 'name'],
  ['seven77', 'short'],
  ['x'.repeat(1025), 'long'],
  ['a harbour at night', null],
  ['Häfen bei Nacht', null],
  ['correct staple horse', null],
  ['tr0ub4dor&3', null],
  ['密码密码很长很长啊', null],
])('%j: %s', (password, fault) => {
  expect(passwordFault(password, 'ana', RULES)).toBe(fault);
});

test('characters are counted as people count them', () => {
  expect(passwordFault('🙂🙃😉😊', '', { least: 8, common: true })).toBe('short');
});

test('the list can be switched off, what is no password at all cannot', () => {
  expect(passwordFault('password1', 'ana', { least: 8, common: false })).toBeNull();
  expect(passwordFault('aaaaaaaaaa', 'ana', { least: 8, common: false })).toBe('common');
});
