import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fact } from '../../domain/fact.ts';
import type { Facts } from '../../domain/ports.ts';
import { openAuditFile } from './audit-file.ts';
import { systemClock } from './clock.ts';
import { makeFactBus } from './fact-bus.ts';
import { makeLog } from './log.ts';

const log = makeLog('silent');
const ALL = { what: null, who: '', limit: 1000 };
const signedIn = (user: string): Fact => ({
  kind: 'signed-in',
  user,
  provider: 'github',
  address: '192.0.2.1',
});
let folder: string;
let path: string;
let facts: Facts;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-audit-'));
  path = join(folder, 'audit.log');
  facts = makeFactBus(log);
});
afterEach(() => rm(folder, { recursive: true }));

function opened(options: object = {}) {
  const audit = openAuditFile({ path, ...options }, { clock: systemClock, log });
  audit.follow(facts);
  return audit;
}

test('each happening is one line of JSON, the latest first when it is read; nobody else may read the file', async () => {
  const audit = opened();
  facts.tell(signedIn('ana'));
  facts.tell({
    kind: 'sign-in-refused',
    name: 'eve\n{"by":"x"}',
    provider: 'local',
    address: '::1',
    code: 'AUTH-001',
  });
  facts.tell({ kind: 'server-moved', user: 'ana', server: '', state: 'ready' });
  const entries = await audit.read(ALL);
  expect(entries.map(({ what, by }) => [what, by])).toEqual([
    ['refused', 'eve\n{"by":"x"}'],
    ['signed-in', 'ana'],
  ]);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ what: 'signed-in', by: 'ana', detail: 'github' });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await audit.close();
});

test('it is appended to over a restart, and half a line is passed over', async () => {
  const first = opened();
  facts.tell(signedIn('ana'));
  await first.close();
  await writeFile(path, '{"time":"2026-01-01T00:0', { flag: 'a' });
  await writeFile(path, '\n{"time":"x"}\nnull\n[]\n', { flag: 'a' });
  facts = makeFactBus(log);
  const second = opened();
  facts.tell(signedIn('bob'));
  expect((await second.read(ALL)).map(({ by }) => by)).toEqual(['bob', 'ana']);
  await second.close();
});

test('files are bounded in size and number, and reading goes on in the older ones', async () => {
  const audit = opened({ size: 2000, keep: 2 });
  for (let i = 0; i < 100; i += 1) {
    facts.tell(signedIn(`user${i}`));
    await audit.read({ ...ALL, limit: 0 });
  }
  const names = (await readdir(folder)).toSorted();
  expect(names).toEqual(['audit.log', 'audit.log.1', 'audit.log.2']);
  for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThan(2400);
  const read = await audit.read(ALL);
  expect(read[0]?.by).toBe('user99');
  expect(read.length).toBeGreaterThan(30);
  expect(read.map(({ by }) => Number(by.slice(4)))).toEqual(read.map((_, i) => 99 - i));
  await audit.close();
});

test('by kind, by name, and no more than wanted', async () => {
  const audit = opened();
  for (const name of ['ana', 'bob', 'anatol']) facts.tell(signedIn(name));
  facts.tell({ kind: 'acted', by: 'ana', on: 'bob', call: 'DELETE /users/:name', address: '' });
  expect((await audit.read({ ...ALL, who: 'ANA' })).map(({ what }) => what)).toEqual([
    'act',
    'signed-in',
    'signed-in',
  ]);
  expect(await audit.read({ ...ALL, what: 'act' })).toHaveLength(1);
  expect(await audit.read({ ...ALL, limit: 2 })).toHaveLength(2);
  await audit.close();
});

test('a folder that cannot be written to costs no sign-in, and the lines come when it can', async () => {
  const audit = openAuditFile({ path: join(folder, 'not/there.log') }, { clock: systemClock, log });
  audit.follow(facts);
  facts.tell(signedIn('ana'));
  expect(await audit.read(ALL)).toEqual([]);
  await audit.close();
});

test('a name of a megabyte leaves a short line', async () => {
  const audit = opened();
  facts.tell(signedIn('x'.repeat(1_000_000)));
  await audit.close();
  expect((await stat(path)).size).toBeLessThan(1000);
});
