import { expect, test } from 'vitest';
import type { Route, Routes } from '../domain/ports.ts';
import { Bars, withBars } from './bars.ts';

const BOB = { owner: 'alice', server: '', user: 'bob', words: ['h1'] };

test('a bar is on every route that leads to that server, however often it is given, and on no other', async () => {
  const given: Omit<Route, 'lastActivity'>[] = [];
  const routes: Routes = {
    list: () => Promise.resolve([]),
    add: async (route) => void given.push(route),
    remove: () => Promise.resolve(),
  };
  const bars = new Bars();
  const barring = withBars(routes, bars);
  bars.add({ ...BOB, words: ['h1', 'h2'] }, 1000);
  const route = { path: '/user/alice/', target: 'http://x', user: 'alice', server: '' };
  await barring.add(route);
  await barring.add({ ...route, asleep: true });
  await barring.add({ ...route, path: '/user/alice/gpu/', server: 'gpu' });
  await barring.add({ ...route, path: '/', user: null, server: null });
  expect(given.map(({ barred }) => barred)).toEqual([['h1', 'h2'], ['h1', 'h2'], undefined, undefined]);
});

test('a bar is lifted when its time is over or the person may come again, and the route is to be given anew', () => {
  const bars = new Bars();
  bars.add(BOB, 1000);
  bars.add({ ...BOB, user: 'eve', words: ['h2'] }, 2000);
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
  bars.add(BOB, 1000);
  expect(bars.review(100, () => true)).toEqual([]);
  expect(bars.review(200, () => true)).toEqual([]);
  expect(bars.review(300, () => false)).toEqual([BOB]);
  // Nobody remembers them by then: they came by the hub again, which has a token of theirs.
  expect(bars.review(1000, () => false)).toEqual([]);
  expect(bars.review(1100, () => false)).toEqual([]);
});

test('who is barred again stays barred by what barred them before: their session of then may have ended', () => {
  const bars = new Bars();
  bars.add(BOB, 1000);
  bars.add({ ...BOB, words: ['h2'] }, 1500);
  expect(bars.wordsAt('alice/')).toEqual(['h1', 'h2']);
});

test('of a list that is too long the beginning goes: the newest words, and whoever was barred last, stay', () => {
  const bars = new Bars();
  const many = Array.from({ length: 600 }, (_, at) => `m${at}`);
  bars.add(BOB, 1000);
  bars.add({ ...BOB, user: 'eve', words: many }, 1000);
  bars.add({ ...BOB, words: ['h2'] }, 1000);
  const words = bars.wordsAt('alice/');
  expect([words.length, words[0], words.slice(-3)]).toEqual([500, 'm102', ['m599', 'h1', 'h2']]);
});
