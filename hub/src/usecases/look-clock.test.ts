import { expect, test } from 'vitest';
import { LookClock } from './look-clock.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const HOUR = 3_600_000;

/** A machine whose clock can be set, and that can be waited on. */
function machine() {
  let [ahead, gone] = [NOON, 0];
  const clock = { now: () => ahead + gone, sleep: () => Promise.resolve() };
  return {
    look: new LookClock(clock, () => gone),
    set: (by: number) => {
      ahead += by;
    },
    pass: (ms: number) => {
      gone += ms;
    },
  };
}

test.each([
  ['ahead', 3 * HOUR],
  ['back', -3 * HOUR],
])('a look notices that the clock was put %s, until that has been allowed for', (_, by) => {
  const { look, set, pass } = machine();
  pass(HOUR);
  expect(look.begin()).toBe(0);
  look.believe();
  set(by);
  pass(1_000);
  expect(look.begin()).toBe(by);
  expect(look.begin()).toBe(by);
  expect(look.now()).toBe(NOON + HOUR + 1_000 + by);
  look.believe();
  expect(look.begin()).toBe(0);
});

test('within a look the time only goes on, whatever is done to the machine’s clock', () => {
  const { look, set, pass } = machine();
  look.begin();
  pass(2_000);
  set(3 * HOUR);
  expect(look.now()).toBe(NOON + 2_000);
  set(-9 * HOUR);
  pass(500);
  expect(look.now()).toBe(NOON + 2_500);
});

test('being kept right by a time server is no jump, whatever it comes to in a week', () => {
  const { look, set, pass } = machine();
  for (let minutes = 0; minutes < 7 * 24 * 60; minutes += 1) {
    pass(60_000);
    set(6);
    expect(look.begin()).toBe(0);
    look.believe();
  }
  expect(look.undisturbed()).toBeGreaterThan(HOUR);
});

test('it is known how long ago the clock was set, also by who does not look for idle servers', () => {
  const { look, set, pass } = machine();
  expect(look.undisturbed()).toBe(Number.POSITIVE_INFINITY);
  set(-HOUR);
  expect(look.undisturbed()).toBe(0);
  pass(90_000);
  expect(look.undisturbed()).toBe(90_000);
  expect(look.begin()).toBe(-HOUR);
});
