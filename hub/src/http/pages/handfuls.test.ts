import { expect, it } from 'vitest';
import { handfuls } from './handfuls.ts';

async function* items(...list: readonly (number | Error)[]): AsyncGenerator<number> {
  for (const item of list) {
    if (item instanceof Error) throw item;
    yield item;
  }
}

const noPause = () => Promise.resolve();

async function collect(source: AsyncIterable<number>, pause = noPause): Promise<(readonly number[])[]> {
  const all: (readonly number[])[] = [];
  for await (const handful of handfuls(source, pause)) all.push(handful);
  return all;
}

it('nothing is lost and the order is kept', async () => {
  expect((await collect(items(1, 2, 3, 4))).flat()).toEqual([1, 2, 3, 4]);
});

it('an empty source gives nothing and ends', async () => {
  expect(await collect(items())).toEqual([]);
});

it('what comes during a pause comes together', async () => {
  const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 20));
  const all = await collect(items(1, 2, 3, 4, 5, 6), slow);
  expect(all.flat()).toEqual([1, 2, 3, 4, 5, 6]);
  expect(all.length).toBeLessThan(4);
});

it('what is there already comes in one handful', async () => {
  expect(await collect(items(1, 2, 3))).toEqual([[1, 2, 3]]);
});

it('an error of the source comes after what came before it', async () => {
  const seen: number[] = [];
  const reading = (async () => {
    for await (const handful of handfuls(items(1, 2, new Error('broken')), noPause)) seen.push(...handful);
  })();
  await expect(reading).rejects.toThrow('broken');
  expect(seen).toEqual([1, 2]);
});
