import { expect, test } from 'vitest';
import type { Route, Routes } from '../domain/ports.ts';
import { Bars, withBars } from './bars.ts';

const BOB = { owner: 'alice', server: '', user: 'bob' };

test('a bar is on every route that leads to that server, however often it is given, and on no other', async () => {
  const given: Omit<Route, 'lastActivity'>[] = [];
  const routes: Routes = {
    list: () => Promise.resolve([]),
    add: async (route) => void given.push(route),
    remove: () => Promise.resolve(),
  };
  const bars = new Bars();
  const barring = withBars(routes, bars);
  bars.add(BOB, ['h1', 'h2'], 1000);
  const route = { path: '/user/alice/', target: 'http://x', user: 'alice', server: '' };
  await barring.add(route);
  await barring.add({ ...route, asleep: true });
  await barring.add({ ...route, path: '/user/alice/gpu/', server: 'gpu' });
  await barring.add({ ...route, path: '/', user: null, server: null });
  expect(given.map(({ barred }) => barred)).toEqual([['h1', 'h2'], ['h1', 'h2'], undefined, undefined]);
});

test('a bar is lifted when its time is over or the person may come again, and the route is to be given anew', () => {
  const bars = new Bars();
  bars.add(BOB, ['h1'], 1000);
  bars.add({ ...BOB, user: 'eve' }, ['h2'], 2000);
  bars.stale.clear();
  bars.review(500, () => false);
  expect([bars.wordsAt('alice/'), bars.stale.size]).toEqual([['h1', 'h2'], 0]);
  bars.review(1000, () => false);
  expect([bars.wordsAt('alice/'), [...bars.stale]]).toEqual([['h2'], ['alice/']]);
  bars.review(1500, (_, user) => user === 'eve');
  expect(bars.wordsAt('alice/')).toEqual([]);
});

test('who was let in again by what the notebook remembers is barred once more when they may not stay', () => {
  const bars = new Bars();
  bars.add(BOB, ['h1'], 1000);
  expect(bars.review(100, () => true)).toEqual([]);
  expect(bars.review(200, () => true)).toEqual([]);
  expect(bars.review(300, () => false)).toEqual([BOB]);
  // Nobody remembers them by then: they came by the hub again, which has a token of theirs.
  expect(bars.review(1000, () => false)).toEqual([]);
  expect(bars.review(1100, () => false)).toEqual([]);
});
