import { expect, it } from 'vitest';
import { UsageBook } from './usage-book.ts';

const GIB = 2 ** 30;

function book(every = 15_000) {
  let now = 10 * 3_600_000;
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const it = new UsageBook(every, clock);
  const read = (containerId: string, used: number, memory = GIB) =>
    it.record({ containerId, at: now, used, memory });
  return { it, read, pass: (ms: number) => (now += ms), now: () => now };
}

it('tells cores between two readings of one container, and none across a new start', () => {
  const { it: usage, read, pass } = book();
  usage.follow(new Map([['ana/', 'a']]));
  read('a', 1000);
  expect(usage.of('ana/')).toMatchObject({ cores: null, memory: GIB });
  pass(10_000);
  read('a', 6000);
  expect(usage.of('ana/')?.cores).toBe(0.5);
  usage.follow(new Map([['ana/', 'b']]));
  pass(10_000);
  read('b', 9000);
  expect(usage.of('ana/')?.cores).toBeNull();
});

it('leaves out containers that nobody follows, and forgets who is not followed any more', () => {
  const { it: usage, read } = book();
  read('a', 1000);
  usage.follow(new Map([['ana/', 'a']]));
  expect(usage.of('ana/')).toBeNull();
  read('a', 1000);
  usage.follow(new Map());
  expect(usage.of('ana/')).toBeNull();
  expect(usage.series('ana/', '1h')).toEqual([]);
});

it('keeps the last hour look by look and the last day in means, in an order that never mixes days', () => {
  const { it: usage, read, pass, now } = book();
  usage.follow(new Map([['ana/', 'a']]));
  for (let look = 0; look < 300; look += 1) {
    read('a', look * 15_000, look * GIB);
    pass(15_000);
  }
  const fine = usage.series('ana/', '1h');
  expect(fine).toHaveLength(240);
  expect(fine.at(-2)).toMatchObject({ cores: 1, memory: 299 * GIB });
  expect(fine.every((point, at) => at === 0 || point.at - (fine[at - 1]?.at ?? 0) === 15_000)).toBe(true);
  const coarse = usage.series('ana/', '24h');
  expect(coarse).toHaveLength(288);
  const measured = coarse.filter(({ memory }) => memory !== null);
  expect(measured).toHaveLength(15);
  // Twenty looks in each: 280 to 299.
  expect(measured.at(-1)?.memory).toBe(289.5 * GIB);
  pass(25 * 3_600_000);
  expect(usage.series('ana/', '24h').every(({ memory }) => memory === null)).toBe(true);
  read('a', 1, GIB);
  expect(usage.series('ana/', '1h').filter(({ memory }) => memory !== null)).toHaveLength(1);
  expect(now()).toBeGreaterThan(0);
});
