import { describe, expect, it } from 'vitest';
import { decodeSegment, pathOf, routeSegments } from './route-path.ts';

describe('pathOf', () => {
  it.each([
    '/',
    '/user/alice',
    '/user/alice/',
    '/a//b',
    '/a%2Fb',
    '/user/al%C3%A9',
    '/x?y=//..\\z',
    '/..a/b..',
  ])('takes %s as it is', (url) => {
    expect(pathOf(url)).toBe(url.split('?')[0]);
  });

  it.each([
    ['//evil.example/user/alice', 'two slashes'],
    ['/user/alice/../bob', 'dot segment'],
    ['/user/alice/%2e%2E/bob', 'encoded dot segment'],
    ['/user/./alice', 'single dot'],
    ['/.', 'dot at the end'],
    ['/user/%', 'cut escape'],
    ['/user/%zz', 'malformed escape'],
    ['/user/%ff', 'not UTF-8'],
    ['/user/a%00b', 'NUL'],
    ['/user\\alice', 'backslash'],
    ['/user#x', 'fragment'],
    ['user/alice', 'no slash'],
    ['*', 'asterisk'],
  ])('refuses %s with 400 (%s)', (url) => {
    expect(() => pathOf(url)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe('decodeSegment', () => {
  it('decodes once', () => expect(decodeSegment('al%2540ice')).toBe('al%40ice'));
  it.each(['alice%2Fbob', 'alice%5cbob', 'a%00'])('refuses %s, which hides a separator', (segment) => {
    expect(() => decodeSegment(segment)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe('routeSegments', () => {
  it('drops slashes at the ends and decodes each segment', () => {
    expect(routeSegments('/user/al%40ice/')).toEqual(['user', 'al@ice']);
    expect(routeSegments('')).toEqual([]);
    expect(routeSegments('/')).toEqual([]);
  });
  it.each(['/user//alice', '/user/../alice', '/user?x', '/user/a%2Fb'])('refuses %s', (path) => {
    expect(() => routeSegments(path)).toThrow(expect.objectContaining({ status: 400 }));
  });
});
