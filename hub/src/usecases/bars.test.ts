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
  bars.lift(500, () => false);
  expect([bars.wordsAt('alice/'), bars.stale.size]).toEqual([['h1', 'h2'], 0]);
  bars.lift(1000, () => false);
  expect([bars.wordsAt('alice/'), [...bars.stale]]).toEqual([['h2'], ['alice/']]);
  bars.lift(1500, (_, user) => user === 'eve');
  expect([bars.wordsAt('alice/'), bars.size]).toEqual([[], 0]);
});
