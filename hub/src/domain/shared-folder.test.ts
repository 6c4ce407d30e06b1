import { expect, test } from 'vitest';
import { type SharedFolder, sharedMounts } from './shared-folder.ts';

const course: SharedFolder = {
  name: 'course',
  type: 'volume',
  source: 'berth-shared-course',
  path: '/home/jovyan/shared/course',
  writers: ['teachers'],
  readers: ['students'],
};
const each: SharedFolder = {
  name: '{group}',
  type: 'volume',
  source: 'berth-shared-{group}',
  path: '/home/jovyan/shared/{group}',
  writers: ['*'],
  readers: [],
};

test('writers write, readers read, others have no mount', () => {
  const of = (...groups: string[]) => sharedMounts([course], { groups }).map(({ readOnly }) => readOnly);
  expect(of('teachers')).toEqual([false]);
  expect(of('students')).toEqual([true]);
  expect(of('students', 'teachers')).toEqual([false]);
  expect(of('others')).toEqual([]);
  expect(of()).toEqual([]);
});

test('a folder for each group has the group in its volume, escaped, and in its path', () => {
  expect(sharedMounts([each], { groups: ['physics', 'Lab 2'] })).toEqual([
    {
      type: 'volume',
      source: 'berth-shared-physics',
      path: '/home/jovyan/shared/physics',
      readOnly: false,
      shared: true,
    },
    {
      type: 'volume',
      source: 'berth-shared--4cab-202',
      path: '/home/jovyan/shared/Lab 2',
      readOnly: false,
      shared: true,
    },
  ]);
});

test('everybody means people without any group, too, where the folder is one', () => {
  expect(sharedMounts([{ ...course, readers: ['*'] }], { groups: [] })).toMatchObject([{ readOnly: true }]);
  expect(sharedMounts([each], { groups: [] })).toEqual([]);
});

test('only the named ones of the groups have a folder of their own', () => {
  const mounts = sharedMounts([{ ...each, writers: ['a'], readers: ['b'] }], { groups: ['a', 'b', 'c'] });
  expect(mounts.map(({ source, readOnly }) => [source, readOnly])).toEqual([
    ['berth-shared-a', false],
    ['berth-shared-b', true],
  ]);
});

test('a group whose name reaches out of the folder is no part of a path', () => {
  expect(sharedMounts([each], { groups: ['../../etc', 'a/b', '..'] })).toEqual([]);
});
