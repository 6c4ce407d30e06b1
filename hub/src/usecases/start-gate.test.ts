import { expect, test } from 'vitest';
import { StartGate } from './start-gate.ts';

const forever = new AbortController().signal;

test('so many go in at once, the others in the order in which they came', async () => {
  const gate = new StartGate(2);
  const order: string[] = [];
  const enter = (name: string) =>
    gate.enter(forever).then((leave) => {
      order.push(name);
      return leave;
    });
  const [one, two] = [await enter('one'), await enter('two')];
  const three = enter('three');
  const four = enter('four');
  await Promise.resolve();
  expect({ order, waiting: gate.waiting }).toEqual({ order: ['one', 'two'], waiting: 2 });
  two();
  await three;
  one();
  await four;
  expect(order).toEqual(['one', 'two', 'three', 'four']);
});

test('a place is given back once, however often it is said', async () => {
  const gate = new StartGate(1);
  const leave = await gate.enter(forever);
  leave();
  leave();
  await gate.enter(forever);
  let entered = false;
  void gate.enter(forever).then(() => {
    entered = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(entered).toBe(false);
});

test('who leaves the line does not hold it up', async () => {
  const gate = new StartGate(1);
  const leave = await gate.enter(forever);
  const impatient = new AbortController();
  const left = gate.enter(impatient.signal);
  const next = gate.enter(forever);
  impatient.abort(new Error('enough'));
  await expect(left).rejects.toThrow('enough');
  expect(gate.waiting).toBe(1);
  leave();
  await next;
});

test('who has given up already does not take a place', async () => {
  const gate = new StartGate(1);
  await expect(gate.enter(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  await gate.enter(forever);
});

test('a gate for nobody is a mistake', () => {
  expect(() => new StartGate(0)).toThrow(RangeError);
  expect(() => new StartGate(Number.NaN)).toThrow(RangeError);
});
