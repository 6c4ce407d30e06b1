import { expect, test } from 'vitest';
import { readSharedFolders } from './shared-folders.ts';

test('a list and a mapping by name are the same, with volume and place as one would expect', () => {
  const course = {
    name: 'course',
    type: 'volume',
    source: 'berth-shared-course',
    path: '/home/jovyan/shared/course',
    writers: ['teachers'],
    readers: ['students', 'guests'],
  };
  const given = { writers: ['teachers'], readers: 'students guests' };
  expect(readSharedFolders([{ name: 'course', ...given }])).toEqual([course]);
  expect(readSharedFolders({ course: given })).toEqual([course]);
  expect(readSharedFolders(undefined)).toEqual([]);
});

test('a folder for each group has the group in volume and path', () => {
  expect(readSharedFolders([{ name: '{group}', writers: ['*'] }])).toMatchObject([
    { source: 'berth-shared-{group}', path: '/home/jovyan/shared/{group}' },
  ]);
});

test.each([
  ['a misspelt key', { name: 'a', writer: ['x'] }, /writer is not known/],
  ['nobody', { name: 'a' }, /should say who/],
  ['a path that climbs', { name: 'a', writers: ['*'], path: '/home/../etc' }, /path should be a path/],
  [
    'a machine’s path that climbs',
    { name: 'a', writers: ['*'], hostPath: '/srv/../etc' },
    /hostPath should be a path/,
  ],
  ['a volume that is none', { name: 'a', writers: ['*'], volume: '/etc' }, /volume should be the name/],
  [
    'a group in one place only',
    { name: 'a', writers: ['*'], volume: 'x-{group}' },
    /in its volume .* and in its path/,
  ],
  ['no name', { writers: ['*'] }, /name should be a name/],
  ['a name that climbs', { name: '../a', writers: ['*'] }, /name should be a name/],
])('%s is refused', (_, folder, words) => {
  expect(readSharedFolders([folder])).toMatch(words);
});

test('two folders cannot be one volume, or stand in one place', () => {
  const folder = { writers: ['*'] };
  expect(
    readSharedFolders([
      { name: 'a', ...folder },
      { name: 'a', ...folder },
    ]),
  ).toMatch(/names berth-shared-a twice/);
  expect(
    readSharedFolders([
      { name: 'a', ...folder },
      { name: 'b', path: '/home/jovyan/shared/a', ...folder },
    ]),
  ).toMatch(/shared\/a twice/);
});
