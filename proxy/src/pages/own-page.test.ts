import { describe, expect, it } from 'vitest';
import { OWN_PAGE_POLICY, ownPage, startPage } from './own-page.ts';

const FACTS = {
  status: 503,
  sentence: 'It may have stopped.',
  path: '/hub/home',
  hubAway: false,
  reloads: true,
};

describe('our own page', () => {
  it('asks again by itself when waiting helps, and runs and loads nothing', () => {
    const page = ownPage(FACTS);
    expect(page).toContain('<meta http-equiv="refresh" content="5">');
    expect(ownPage({ ...FACTS, reloads: false })).not.toContain('refresh');
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(/i);
    expect(OWN_PAGE_POLICY).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; /);
  });

  it('says that running notebooks go on when it is the hub that is away', () => {
    expect(ownPage({ ...FACTS, hubAway: true })).toContain('Notebooks that are running go on');
    expect(ownPage(FACTS)).toContain('It may have stopped.');
  });

  it.each([
    ['/', '/'],
    ['/user/ana/lab', '/'],
    ['/jupyter/hub/home', '/jupyter/'],
    ['/a/b/user/ana', '/a/b/'],
    ['/hubs/x', '/'],
    ['/"><b>/hub/', '/'],
    ['//evil.example/hub/', '/'],
  ])('from %s the start page is %s', (path, start) => {
    expect(startPage(path)).toBe(start);
  });
});
