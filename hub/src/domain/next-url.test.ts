import { describe, expect, it } from 'vitest';
import { NEXT_MAX, safeNext, withNext } from './next-url.ts';

const root = { baseUrl: '/', publicOrigin: 'https://hub.example' };
const sub = { baseUrl: '/jhub/', publicOrigin: 'https://hub.example' };

describe('a path of ours is kept', () => {
  it.each([
    ['/hub/home', '/hub/home'],
    ['/', '/'],
    ['/user/alice/lab/tree/a%20b.ipynb?reset#end', '/user/alice/lab/tree/a%20b.ipynb?reset#end'],
    [
      '/hub/api/oauth2/authorize?client_id=a&state=x%2Fy',
      '/hub/api/oauth2/authorize?client_id=a&state=x%2Fy',
    ],
    ['https://hub.example/hub/home?x=1', '/hub/home?x=1'],
    ['/user/alice/../alice/lab', '/user/alice/lab'],
    ['/hub/loginless', '/hub/loginless'],
    ['/user/login/lab', '/user/login/lab'],
    ['/a/b//c', '/a/b//c'],
    ['/\\evil.com', '/%5Cevil.com'],
    ['/hub/x%0d%0aSet-Cookie:y', '/hub/x%0d%0aSet-Cookie:y'],
    ['/hub/"><img src=x onerror=y>', '/hub/%22%3E%3Cimg%20src=x%20onerror=y%3E'],
  ])('%s → %s', (raw, kept) => {
    expect(safeNext(raw, root)).toBe(kept);
  });
});

describe('a way to another site is dropped', () => {
  it.each([
    '//evil.com',
    '///evil.com',
    '////evil.com/hub',
    'https://evil.com/hub/home',
    'http://hub.example/hub/home',
    'https://hub.example.evil/hub/home',
    'https://hub.example@evil.com/',
    'https://u:p@hub.example/hub/home',
    'https://hub.example:8443/hub/home',
    'https://hub.example//evil.com',
    'https://hub.example/\\evil.com/..//x',
    '/hub/..//evil.com',
    '/hub/../..//evil.com',
    '/hub/%2e%2e//evil.com',
    '/.//evil.com',
    '/./\\evil.com/..//evil.com',
    '\\\\evil.com',
    '/\t/evil.com',
    '/\n/evil.com',
    ' //evil.com',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://hub.example/x',
    'evil.com',
    'hub/home',
    '?next=x',
  ])('%j', (raw) => {
    expect(safeNext(raw, root)).toBeNull();
  });

  it.each([undefined, null, '', 7, ['/hub/home'], { a: 1 }])('no string: %j', (raw) => {
    expect(safeNext(raw, root)).toBeNull();
  });

  it('absolute ones when the public origin was not told', () => {
    expect(safeNext('https://hub.example/hub/home', { baseUrl: '/', publicOrigin: '' })).toBeNull();
    expect(safeNext('blob:null', { baseUrl: '/', publicOrigin: '' })).toBeNull();
  });

  it('too long', () => {
    expect(safeNext(`/${'a'.repeat(NEXT_MAX)}`, root)).toBeNull();
  });
});

describe('a way back to a door is dropped, so that signing in ends somewhere', () => {
  it.each([
    '/hub/logout',
    '/hub/LOGOUT',
    '/hub/%6cogout',
    '/hub/logout/',
    '/hub/logout?x=1',
    '/hub/./logout',
    '/user/../hub/logout',
    '/hub/login?next=%2Fhub%2Flogin%3Fnext%3D%252Fhub%252Flogin',
    '/hub/oauth_login',
    '/hub/oauth_callback?code=x',
    '/hub/setup/abc',
    '/hub/%zz',
  ])('%s', (raw) => {
    expect(safeNext(raw, root)).toBeNull();
  });
});

describe('behind a base path', () => {
  it.each(['/jhub/hub/home', '/jhub/user/alice/lab'])('%s is ours', (raw) => {
    expect(safeNext(raw, sub)).toBe(raw);
  });

  it.each(['/', '/hub/home', '/jhub', '/jhubber/', '/jhub/../other/', '/jhub/hub/logout'])(
    '%s is not',
    (raw) => {
      expect(safeNext(raw, sub)).toBeNull();
    },
  );
});

describe('withNext', () => {
  it('encodes what comes after', () => {
    expect(withNext('/hub/login', '/user/a/lab?x=1&y=2#z')).toBe(
      '/hub/login?next=%2Fuser%2Fa%2Flab%3Fx%3D1%26y%3D2%23z',
    );
    expect(withNext('/hub/spawn?a=b', '/x')).toBe('/hub/spawn?a=b&next=%2Fx');
  });

  it('leaves the address alone when there is nothing to come back to', () => {
    expect(withNext('/hub/login', null)).toBe('/hub/login');
  });
});
