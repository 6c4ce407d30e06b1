import { expect, test } from 'vitest';
import { PullTally } from './pull-tally.ts';

const downloading = (id: string, current: number, total?: number) => ({
  id,
  status: 'Downloading',
  progressDetail: total === undefined ? { current } : { current, total },
});

test('the layers of a download are added up', () => {
  const tally = new PullTally();
  tally.add({ status: 'Pulling from library/debian', id: 'trixie' });
  tally.add({ status: 'Pulling fs layer', id: 'a' });
  tally.add(downloading('a', 10, 100));
  tally.add(downloading('b', 30, 50));
  expect(tally.progress()).toEqual({ done: 40, total: 150, message: 'Downloading' });
});

test('unpacking is not counted as downloading again', () => {
  const tally = new PullTally();
  tally.add(downloading('a', 100, 100));
  tally.add({ status: 'Download complete', id: 'a' });
  tally.add({ status: 'Extracting', id: 'a', progressDetail: { current: 1, total: 100 } });
  expect(tally.progress()).toEqual({ done: 100, total: 100, message: 'Unpacking' });
});

test('a layer that begins again after a broken line does not take back what was shown', () => {
  const tally = new PullTally();
  tally.add(downloading('a', 80, 100));
  tally.add(downloading('a', 5, 100));
  expect(tally.progress().done).toBe(80);
});

test('a registry that tells no size still shows what came, and a layer that is here counts as nothing', () => {
  const tally = new PullTally();
  tally.add(downloading('a', 80));
  tally.add({ status: 'Already exists', id: 'b' });
  expect(tally.progress()).toMatchObject({ done: 80, total: 80 });
});

test('lines that say nothing change nothing', () => {
  const tally = new PullTally();
  for (const line of [{}, { status: 3, id: 'a' }, { status: 'Downloading', id: 'a', progressDetail: null }])
    tally.add(line);
  tally.add({ status: 'Downloading', id: 'a', progressDetail: { current: 'x', total: -5 } });
  expect(tally.progress()).toMatchObject({ done: 0, total: 0 });
});
