import { expect, test } from 'vitest';
import { withPrefix } from './put-prefix-back.ts';

const PREFIX = '/user/ann@uni.edu/app';

test.each([
  ['/', `${PREFIX}/`],
  ['/login?next=/x', `${PREFIX}/login?next=/x`],
  [`${PREFIX}/x`, `${PREFIX}/x`],
  ['/user/ann@uni.edu/application', `${PREFIX}/user/ann@uni.edu/application`],
  ['http://hub.example:8000/x', `http://hub.example:8000${PREFIX}/x`],
  ['https://elsewhere.example/x', 'https://elsewhere.example/x'],
  ['//elsewhere.example/x', '//elsewhere.example/x'],
  ['next', 'next'],
])('a redirect to %s leads to %s', (from, to) => {
  expect(withPrefix(['Location', from], PREFIX, 'hub.example:8000')).toEqual(['Location', to]);
});

test.each([
  ['a=1; Path=/', `a=1; Path=${PREFIX}/`],
  ['a=1; path=/x ;Secure', `a=1; path=${PREFIX}/x;Secure`],
  ['a=/; HttpOnly', 'a=/; HttpOnly'],
])('a cookie %s becomes %s', (from, to) => {
  expect(withPrefix(['set-cookie', from], PREFIX, 'hub.example')).toEqual(['set-cookie', to]);
});
