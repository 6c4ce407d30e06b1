import { expect, test } from 'vitest';
import { type Amounts, lacking, nextInLine, ordinal } from './start-line.ts';

const need = (more: Partial<Amounts> = {}): Amounts => ({
  starts: 1,
  servers: 1,
  memory: 0,
  cpus: 0,
  gpus: 0,
  ...more,
});
const free: Amounts = { starts: 2, servers: 9, memory: 4, cpus: 4, gpus: 0 };

test('the first in line goes first', () => {
  expect(nextInLine([need(), need()], free)).toBe(0);
  expect(nextInLine([], free)).toBeNull();
});

test('nobody goes in when no more may start, or run', () => {
  expect(nextInLine([need()], { ...free, starts: 0 })).toBeNull();
  expect(nextInLine([need({ gpus: 1 }), need()], { ...free, servers: 0 })).toBeNull();
});

test('who waits for a GPU is passed by those who need none', () => {
  expect(nextInLine([need({ gpus: 1 }), need({ memory: 1 })], free)).toBe(1);
});

test('who waits for much memory is not passed by those who need little, but by those who need none', () => {
  expect(nextInLine([need({ memory: 5 }), need({ memory: 1 })], free)).toBeNull();
  expect(nextInLine([need({ memory: 5 }), need({ memory: 1 }), need({ cpus: 1 })], free)).toBe(2);
});

test('what is not limited is not lacking, and room that is overdrawn does not hold up who needs none of it', () => {
  const open = { ...free, memory: Number.POSITIVE_INFINITY, cpus: -1 };
  expect(lacking(need({ memory: 1e15 }), open)).toEqual([]);
  expect(lacking(need({ cpus: 1 }), open)).toEqual(['cpus']);
});

test.each([
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [11, '11th'],
  [12, '12th'],
  [13, '13th'],
  [21, '21st'],
  [102, '102nd'],
  [111, '111th'],
])('place %d is the %s', (place, words) => {
  expect(ordinal(place)).toBe(words);
});
