import { expect, test } from 'vitest';
import { readUserlist } from './userlist.ts';

const read = (text: string) => {
  const { list, faults } = readUserlist(text);
  return { list: list === null ? null : Object.fromEntries(list), faults };
};

test.each([
  ['ana admin\nbob\n', { ana: true, bob: false }],
  ['\uFEFFana admin\r\nbob\r\n', { ana: true, bob: false }],
  ['# everybody\n\n  Ana   admin  # the boss\n\tBOB', { ana: true, bob: false }],
  ['ana\nana admin\nana', { ana: true }],
  ['# nobody just now\n', {}],
])('%j is read', (text, list) => {
  expect(read(text)).toEqual({ list, faults: [] });
});

test('an unknown second word is told and makes nobody an administrator', () => {
  expect(read('bob administrator\ncarol admin too\n')).toEqual({
    list: { bob: false, carol: false },
    faults: [
      'line 1: only the word "admin" may follow a name',
      'line 2: only the word "admin" may follow a name',
    ],
  });
});

test.each(['', ' \n\n', '../x\n', 'ana\n<script>\n', '\u0000\u0001\u0002', '{"users": ["ana"]}'])(
  '%j is no list',
  (text) => {
    expect(read(text).list).toBeNull();
    expect(read(text).faults.length).toBeGreaterThan(0);
  },
);
