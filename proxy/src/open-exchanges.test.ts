import { expect, test } from 'vitest';
import { type OpenExchange, OpenList } from './open-exchanges.ts';

const exchange = (check: () => void = () => undefined): OpenExchange => ({
  place: -1,
  check,
  close: () => undefined,
});

test('what was added and not deleted is in the list, once, whatever the order of both', () => {
  const list = new OpenList();
  const kept = new Set<OpenExchange>();
  const all = Array.from({ length: 50 }, () => exchange());
  for (let step = 0; step < 5000; step += 1) {
    const one = all[(step * 7919) % 50] ?? exchange();
    if ((step * 104_729) % 3 === 0) {
      list.delete(one);
      kept.delete(one);
    } else {
      list.add(one);
      kept.add(one);
    }
    expect(list.size).toBe(kept.size);
  }
  expect(new Set(list)).toEqual(kept);
});

test('an exchange that ends at the look at it takes no other’s look away', () => {
  const list = new OpenList();
  const looked: number[] = [];
  const all = [0, 1, 2, 3].map((number) => {
    const one: OpenExchange = exchange(() => {
      looked.push(number);
      list.delete(one);
    });
    return one;
  });
  for (const one of all) list.add(one);
  for (const one of list) one.check(0);
  expect(looked).toEqual([0, 1, 2, 3]);
  expect(list.size).toBe(0);
});
