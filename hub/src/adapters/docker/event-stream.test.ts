import { expect, test } from 'vitest';
import { readEvent } from './event-stream.ts';

const line = (Action: string, exitCode?: string) =>
  JSON.stringify({ Type: 'container', Action, Actor: { ID: 'c1', Attributes: { exitCode } } });

test('deaths, removals, starts and pauses are told, all else is not', () => {
  expect(readEvent(line('die', '137'))).toEqual({ kind: 'died', id: 'c1', exitCode: 137 });
  expect(readEvent(line('destroy'))).toEqual({ kind: 'removed', id: 'c1' });
  expect(readEvent(line('start'))).toEqual({ kind: 'started', id: 'c1' });
  expect(readEvent(line('pause'))).toEqual({ kind: 'paused', id: 'c1' });
  expect(readEvent(line('unpause'))).toEqual({ kind: 'unpaused', id: 'c1' });
  expect(readEvent(line('exec_create: sh'))).toBeNull();
});

test('a death without an exit code is still a death', () => {
  expect(readEvent(line('die'))).toEqual({ kind: 'died', id: 'c1', exitCode: null });
});

test.each(['', '{', 'null', '[]', '{"Action":"die"}', '{"Action":"die","Actor":{"ID":7}}'])(
  'a line that is no event is passed over: %s',
  (text) => {
    expect(readEvent(text)).toBeNull();
  },
);
