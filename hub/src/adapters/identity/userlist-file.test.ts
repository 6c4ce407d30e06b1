import { mkdir, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Userlist } from '../../domain/userlist.ts';
import { systemClock } from '../system/clock.ts';
import { makeLog } from '../system/log.ts';
import { followUserlist } from './userlist-file.ts';

let directory = '';
let end = new AbortController();
let lists: Userlist[] = [];
let reasons: string[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'berth-userlist-'));
  await mkdir(join(directory, 'data'));
  end = new AbortController();
  lists = [];
  reasons = [];
});
afterEach(async () => {
  end.abort();
  await rm(directory, { recursive: true, force: true });
});

const path = () => join(directory, 'userlist');

function follow(): Promise<Userlist> {
  return followUserlist({
    path: path(),
    lastGoodPath: join(directory, 'data', 'userlist.last-good'),
    clock: systemClock,
    log: makeLog('silent'),
    signal: end.signal,
    changed: async (list) => void lists.push(list),
    refused: (reason) => void reasons.push(reason),
  });
}

async function within2s(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 2000, interval: 20 });
}

test('a saved file is in force within two seconds, written over or put in its place', async () => {
  await writeFile(path(), 'ana admin\n');
  expect([...(await follow())]).toEqual([['ana', true]]);
  await writeFile(path(), 'ana admin\nbob\n');
  await within2s(() => expect(lists.at(-1)?.has('bob')).toBe(true));
  await writeFile(`${path()}.swp`, 'ana admin\ncarol # new\n');
  await rename(`${path()}.swp`, path());
  await within2s(() => expect([...(lists.at(-1)?.keys() ?? [])]).toEqual(['ana', 'carol']));
});

test('a file that is emptied, broken, removed or turned into a folder keeps the last good list', async () => {
  await writeFile(path(), 'ana admin\n');
  await follow();
  await truncate(path(), 0);
  await within2s(() => expect(reasons).toEqual(['the file is empty']));
  await writeFile(path(), 'ana admin\n../../etc\n');
  await within2s(() => expect(reasons[1]).toMatch(/^line 2: "..\/..\/etc" cannot be a user name/));
  await rm(path());
  await within2s(() => expect(reasons[2]).toBe('the file cannot be read'));
  await mkdir(path());
  await systemClock.sleep(1500);
  expect(reasons).toHaveLength(3);
  expect(lists).toEqual([]);
});

test('the last good list outlives a restart over a broken file', async () => {
  await writeFile(path(), 'ana admin\nbob\n');
  await follow();
  await systemClock.sleep(200);
  end.abort();
  end = new AbortController();
  await writeFile(path(), '');
  expect([...(await follow()).keys()]).toEqual(['ana', 'bob']);
  expect(reasons).toEqual(['the file is empty']);
});

test('no file at all lets nobody in', async () => {
  expect((await follow()).size).toBe(0);
});
