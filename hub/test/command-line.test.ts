// The command line against a hub's own socket: tables for people, JSON for scripts, an exit code for both.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../test/support/pages-house.ts';
import { askHub } from '../src/cli/ask-hub.ts';
import type { Ask } from '../src/cli/command.ts';
import { runCommand } from '../src/cli/commands.ts';
import { fine, type Probe, warn } from '../src/domain/probe.ts';
import { makeCounterApp } from '../src/http/counter/counter-app.ts';
import { closeServer, listen } from '../src/http/listen.ts';
import { makeRunProbes } from '../src/usecases/run-probes.ts';

const WELL: Probe = { code: 'HOST-01', deadline: 1000, look: () => fine('There is room.') };
const LATE: Probe = { code: 'STORE-04', deadline: 1000, look: () => warn('No backup.', 'Make one.') };

let house: PagesHouse;
let counter: Server;
let folder: string;

const berth = (...words: readonly string[]) =>
  runCommand((method, path) => askHub(join(folder, 'admin.sock'), method, path), words);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'berth-counter-'));
  house = await openPagesHouse({ spawn: 'slow' });
  await house.addUser('mary', { admin: true });
  await house.addUser('ben');
  await house.post('/hub/spawn/mary', 'mary');
  const parts = {
    health: async () => ({ hub: 'ok', engine: 'The engine does not answer.' }),
    logOf: async ({ user }: { user: string }) => (user === 'mary' ? ['first line', 'last line'] : null),
    upkeep: {
      snapshot: () => ['{}'],
      noteBackup: () => Promise.resolve(),
      runProbes: makeRunProbes([WELL, LATE], house.hub.clock),
    },
    reload: () => Promise.resolve({ kind: 'taken' as const, changed: [], waiting: [] }),
    importHub: () => Promise.resolve({ applied: false, rows: [] }),
  };
  counter = await listen(makeCounterApp(house.hub, parts).callback(), {
    socketPath: join(folder, 'admin.sock'),
  });
});

afterAll(async () => {
  await closeServer(counter, 100);
  await house.close();
  rmSync(folder, { recursive: true });
});

test('status names each part, and a part that is not well is exit code 1', async () => {
  const { code, out } = await berth('status');
  expect(code).toBe(1);
  expect(out).toMatch(/^PART +STATE\nhub +ok\nengine +The engine does not answer\.\nusers +2\nservers +1 /);
});

test('users and servers are tables, and with --json what the hub said', async () => {
  expect((await berth('users')).out).toMatch(/^NAME +ADMIN.*\nmary +yes .*\nben +no /);
  const { servers } = JSON.parse((await berth('servers', '--json')).out ?? '');
  expect(servers).toEqual([expect.objectContaining({ user: 'mary', name: '' })]);
});

test('a token made here works, and does what its owner may', async () => {
  const { code, out = '' } = await berth('token', 'mary');
  expect(code).toBe(0);
  const token = house.store.tokens
    .where('user', 'mary')
    .find(({ note }) => note === 'made at the command line');
  expect(token?.scopes).toEqual(['inherit']);
  expect(out).toMatch(/^[0-9a-f]{32}$/);
  expect(token?.hash).toBe(house.hub.digest(out));
});

test('one person’s link is the whole answer, and opens the page for that name', async () => {
  const { code, out = '' } = await berth('invite', 'Dora');
  expect(code).toBe(0);
  expect(out).toMatch(/^\S*\/hub\/setup\?token=\S+$/);
  expect(invitedBy(out)).toBe('dora');
  expect(JSON.parse((await berth('invite', 'dora', '--json')).out ?? '')).toMatchObject({ name: 'dora' });
  expect(invitedBy(out)).toBeUndefined();
  expect(await berth('invite', 'a b')).toMatchObject({
    code: 1,
    error: expect.stringContaining('cannot be a user name'),
  });
  expect(await berth('invite', '--json')).toMatchObject({ code: 2 });
});

test('many are invited at once: a line each, a twice-written name once, who cannot be is named', async () => {
  const { code, out = '', error } = await berth('invite', 'eva', 'a b', 'Eva', 'finn', '..');
  expect(code).toBe(1);
  const rows = out.split('\n').map((line) => line.split('\t'));
  expect(rows.map(([name]) => name)).toEqual(['eva', 'finn']);
  expect(rows.map(([, link = '']) => invitedBy(link))).toEqual(['eva', 'finn']);
  expect(error).toMatch(/^a b: .*cannot be a user name\.\n\.\.: .*cannot be a user name\.$/);
  const { invited, refused } = JSON.parse((await berth('invite', 'eva', 'a b', '--json')).out ?? '');
  expect(invited).toEqual([{ name: 'eva', path: expect.stringContaining('token=') }]);
  expect(refused).toEqual([{ name: 'a b', message: expect.stringContaining('user name') }]);
});

test('a hub that goes away between two names loses no link, and the others are told', async () => {
  let asked = 0;
  const ask: Ask = async (method, path) => {
    asked += 1;
    if (asked > 1) throw new Error('gone');
    return await askHub(join(folder, 'admin.sock'), method, path);
  };
  const { code, out = '', error } = await runCommand(ask, ['invite', 'gina', 'hal', 'ida']);
  expect(code).toBe(4);
  expect(invitedBy(out)).toBe('gina');
  expect(error?.split('\n').map((line) => line.split(':')[0])).toEqual(['hal', 'ida']);
  expect(asked).toBe(2);
});

/** For whom the link at the end of a line is. */
function invitedBy(line: string): string | null | undefined {
  return house.store.invitations.get(house.hub.digest(line.split('token=')[1] ?? ''))?.user;
}

test('logs of a server; one that is not there, or somebody who is not, is told', async () => {
  expect(await berth('logs', 'mary')).toEqual({ code: 0, out: 'first line\nlast line' });
  expect((await berth('logs', 'ben')).code).toBe(1);
  expect((await berth('logs', 'mary/gpu')).code).toBe(1);
  expect((await berth('token', 'nobody')).code).toBe(1);
});

test('cull without --dry-run does nothing; with it each server has its verdict', async () => {
  expect((await berth('cull')).code).toBe(2);
  expect((await berth('cull', '--dry-run')).out).toMatch(
    /^USER +NAME +STATE +IDLE +POLICY +KEEP UNTIL +STOPS AT +VERDICT/,
  );
});

test('the running hub is asked also when its file has been spoilt meanwhile', () => {
  const file = join(folder, 'config.yaml');
  writeFileSync(file, 'cull: {timeout: soon}\n');
  const environment = {
    PATH: process.env.PATH,
    CONFIG_FILE: file,
    BERTH_ADMIN_SOCKET: join(folder, 'admin.sock'),
  };
  const main = join(import.meta.dirname, '../src/cli/main.ts');
  return new Promise<void>((done, failed) => {
    execFile(process.execPath, [main, 'users'], { env: environment, timeout: 8000 }, (error, out) => {
      if (error !== null) failed(error);
      else if (!out.includes('mary')) failed(new Error(out));
      else done();
    });
  });
});

test('a word that is none shows all of them; a hub that is away is exit code 4', async () => {
  const { code, error } = await berth('frobnicate');
  expect(code).toBe(2);
  for (const word of ['status', 'users', 'servers', 'logs', 'token', 'cull', 'config', 'invite']) {
    expect(error).toContain(`\n  ${word}`);
  }
  const away = await runCommand((method, path) => askHub(join(folder, 'no.sock'), method, path), ['users']);
  expect(away.code).toBe(4);
});

test('the doctor’s warnings are told with what to do, and are exit code 5', async () => {
  const { code, out } = await berth('doctor');
  expect(code).toBe(5);
  expect(out).toMatch(
    /^CODE +LEVEL +WHAT WAS FOUND\nSTORE-04 +warn +No backup\.\nHOST-01 +ok +There is room\.\n/,
  );
  expect(out).toContain('STORE-04: Make one.');
  expect(JSON.parse((await berth('doctor', '--json')).out ?? '')).toMatchObject({ level: 'warn' });
});

test('the audit log, by who and by what; a kind that is none is refused', async () => {
  expect((await berth('audit', '--who', 'mary', '-n', '5')).out).toMatch(/^TIME +WHAT +BY +ON/);
  expect(await berth('audit', '--what', 'nonsense')).toMatchObject({ code: 1 });
  expect(await berth('audit', '--who')).toMatchObject({ code: 2 });
});

test('what is shared is listed, and taken back whole or from one', async () => {
  const by = { owner: 'mary', server: '', by: 'mary', address: '', scopes: null };
  expect(await berth('shares')).toMatchObject({ code: 0 });
  await house.hub.shares.grant({ ...by, to: { kind: 'user', name: 'ben' } });
  await house.hub.shares.grant({ ...by, to: { kind: 'everyone', name: '' } });
  const { out } = await berth('shares');
  expect(out).toMatch(/mary\/\s+user\/ben/);
  expect(out).toMatch(/mary\/\s+everyone/);
  expect(await berth('shares', 'revoke')).toMatchObject({ code: 2 });
  expect(await berth('shares', 'revoke', 'ben')).toMatchObject({ code: 1 });
  expect(await berth('shares', 'revoke', 'mary', 'group/none')).toMatchObject({ code: 1 });
  expect(await berth('shares', 'revoke', 'mary', 'user/ben')).toMatchObject({
    code: 0,
    out: 'Taken back: 1',
  });
  const { out: json } = await berth('shares', '--json');
  expect(JSON.parse(json ?? '')).toMatchObject({
    shares: [{ server: 'mary/', who: 'everyone', until: null }],
  });
  expect(await berth('shares', 'revoke', 'mary', '--json')).toMatchObject({ code: 0 });
  expect(house.store.shares.size).toBe(0);
});
