import { expect, test } from 'vitest';
import { underContext } from './under-context.ts';

const CONTEXT = '/user/alice/proxy/5000';
const location = (value: string) =>
  underContext(['Server', 'x', 'Location', value], CONTEXT, 'lab.example:8000')[3];
const cookie = (value: string) => underContext(['Set-Cookie', value], CONTEXT, 'lab.example')[1];

test.each([
  ['/login?next=/', '/user/alice/proxy/5000/login?next=/'],
  ['/', '/user/alice/proxy/5000/'],
  ['http://lab.example:8000/x', 'http://lab.example:8000/user/alice/proxy/5000/x'],
  ['http://LAB.example:8000', 'http://LAB.example:8000/user/alice/proxy/5000/'],
  ['/user/alice/proxy/50001/', '/user/alice/proxy/5000/user/alice/proxy/50001/'],
])('a redirect of a program that believes it stands at / leads below it: %s', (from, to) => {
  expect(location(from)).toBe(to);
});

test.each([
  '/user/alice/proxy/5000/login',
  '/user/alice/proxy/5000',
  '/user/alice/proxy/5000?x',
  'relative/page',
  '?x=1',
  'https://elsewhere.example/x',
  '//elsewhere.example/x',
])('a redirect that is right already stays: %s', (value) => {
  expect(location(value)).toBe(value);
});

test.each([
  ['a=1; Path=/; HttpOnly', 'a=1; Path=/user/alice/proxy/5000/; HttpOnly'],
  ['a=1; path=/app', 'a=1; Path=/user/alice/proxy/5000/app'],
  ['a=path=/x', 'a=path=/x'],
  ['a=1; HttpOnly', 'a=1; HttpOnly'],
  ['a=1; Path=/user/alice/proxy/5000/', 'a=1; Path=/user/alice/proxy/5000/'],
])('a cookie of such a program is its own: %s', (from, to) => {
  expect(cookie(from)).toBe(to);
});
