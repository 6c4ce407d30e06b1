import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Problem } from '../../domain/problem.ts';
import { newServer } from '../../domain/server.ts';
import type { Drafts, RecordOf, TableName } from '../../domain/store.ts';
import type { User } from '../../domain/user.ts';
import { openJsonStore } from './json-store.ts';
import { TABLE_NAMES } from './tables.ts';

let directory = '';
let path = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'berth-store-'));
  path = join(directory, 'berth.json');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const user = (name: string): User => ({
  name,
  admin: false,
  groups: [],
  created: 1,
  lastActivity: null,
  identities: {},
  invited: false,
});

test('what a change promised is there after the store is opened again', async () => {
  const store = await openJsonStore(path);
  await store.change((drafts) => drafts.users.put(user('alice')));
  await store.close();
  const again = await openJsonStore(path);
  expect(again.users.get('alice')).toEqual(user('alice'));
  await again.close();
});

/** One record of each table: a new table does not compile before it stands here. */
const ONE_OF_EACH: { readonly [Name in TableName]: RecordOf<Name> } = {
  users: user('alice'),
  servers: newServer('alice'),
  sessions: {
    idHash: 's',
    user: 'alice',
    sharedId: 'i',
    provider: 'local',
    created: 1,
    lastSeen: 1,
    address: '192.0.2.1',
    userAgent: '',
    authState: null,
    providerSession: null,
  },
  tokens: {
    hash: 't',
    id: 'a1',
    user: 'alice',
    note: '',
    scopes: [],
    created: 1,
    lastActivity: null,
    expires: null,
    sessionId: null,
    clientId: null,
    server: null,
  },
  clients: {
    id: 'c',
    secretHash: 'h',
    redirectUri: '/',
    user: 'alice',
    server: '',
    allowedScopes: [],
    description: '',
  },
  codes: {
    hash: 'o',
    clientId: 'c',
    redirectUri: '/',
    user: 'alice',
    scopes: [],
    sessionId: 'i',
    created: 1,
    challenge: null,
  },
  credentials: { user: 'alice', hash: 'h', changed: 1, secondFactor: null },
  signUps: { name: 'bob', hash: 'h', created: 1, address: '192.0.2.1' },
  invitations: { hash: 'n', user: 'alice', admin: false, created: 1, expires: 2 },
  groups: { name: 'staff', properties: {}, created: 1 },
  services: {
    name: 'culler',
    admin: false,
    url: null,
    tokenHash: null,
    tokenId: 'a2',
    tokenCreated: 1,
    lastActivity: null,
    clientId: 'service-culler',
    redirectUri: null,
    allowedScopes: [],
    trusted: false,
    info: {},
    display: true,
    fromConfig: false,
  },
  departures: { user: 'carol', at: 1, why: 'lists', volumes: [] },
  volumeHomes: { volume: 'jupyterhub-user-alice', machine: 'n1', machineName: 'lab-1', since: 1 },
  announcements: {
    id: 'n1',
    text: 'Maintenance on Friday.',
    level: 'warning',
    place: null,
    created: 1,
    by: 'alice',
    ends: 2,
  },
  environments: {
    id: 'e1',
    name: 'with R',
    description: '',
    user: 'alice',
    by: 'alice',
    audience: { kind: 'group', group: 'class' },
    image: 'berth-environment:e1',
    base: 'lab:1',
    options: { profile: 'large' },
    created: 1,
    size: 2,
  },
  scheduleRuns: { name: 'class', at: 1, stoppedAt: null, started: 2, running: 3, failed: 0 },
  shares: {
    owner: 'alice',
    server: '',
    to: { kind: 'group', name: 'staff' },
    scopes: ['access:servers!server=alice/'],
    created: 1,
    expires: 2,
    by: 'alice',
  },
  shareCodes: {
    hash: 'k',
    id: 'sc_1',
    owner: 'alice',
    server: '',
    scopes: ['access:servers!server=alice/'],
    created: 1,
    expires: 2,
    shareExpires: null,
    exchangeCount: 3,
    lastExchanged: 4,
    by: 'alice',
  },
};

function putOneOfEach(drafts: Drafts): void {
  const put = <Name extends TableName>(name: Name): void => drafts[name].put(ONE_OF_EACH[name]);
  for (const name of TABLE_NAMES) put(name);
}

test('every table is read back, and none is forgotten when a change is taken back', async () => {
  const store = await openJsonStore(path);
  const broken = store.change((drafts) => {
    putOneOfEach(drafts);
    throw new Error('no');
  });
  await expect(broken).rejects.toThrow('no');
  expect(TABLE_NAMES.filter((name) => store[name].size > 0)).toEqual([]);
  await store.change(putOneOfEach);
  await store.close();
  const again = await openJsonStore(path);
  const found = TABLE_NAMES.map((name) => [name, [...again[name].values()][0]]);
  expect(Object.fromEntries(found)).toEqual(ONE_OF_EACH);
  await again.close();
});

test('a burst of changes shares a few writes, and each waits for its own bytes', async () => {
  const store = await openJsonStore(path);
  await Promise.all(
    Array.from({ length: 500 }, async (_, i) => {
      await store.change((drafts) => drafts.users.put(user(`u${i}`)));
      expect(await readFile(path, 'utf8')).toContain(`"u${i}"`);
    }),
  );
  await store.close();
});

test('a change that cannot be written is taken back whole and says so', async () => {
  const store = await openJsonStore(path);
  await store.change((drafts) => drafts.users.put(user('alice')));
  await mkdir(`${path}.new`);
  const broken = store.change((drafts) => {
    drafts.users.put({ ...user('alice'), admin: true });
    drafts.users.put(user('bob'));
  });
  await expect(broken).rejects.toThrowError(Problem);
  await expect(broken).rejects.toMatchObject({ code: 'STORE-001' });
  expect(store.users.get('bob')).toBeUndefined();
  expect(store.users.get('alice')?.admin).toBe(false);
  await rm(`${path}.new`, { recursive: true, force: true });
  await store.change((drafts) => drafts.users.put(user('carol')));
  expect(await readFile(path, 'utf8')).toContain('carol');
  await store.close();
});

test('a change that throws leaves nothing behind', async () => {
  const store = await openJsonStore(path);
  const broken = store.change((drafts) => {
    drafts.users.put(user('alice'));
    throw new Error('no');
  });
  await expect(broken).rejects.toThrow('no');
  expect(store.users.size).toBe(0);
  await store.close();
});

test('a second hub is kept away while the first lives', async () => {
  const store = await openJsonStore(path);
  await expect(openJsonStore(path)).rejects.toThrow(/another hub/);
  await store.close();
  await (await openJsonStore(path)).close();
});

test('a damaged document stops the start, names the place and is left as it was', async () => {
  for (const [text, place] of [
    ['{"schema":1', /is not JSON/],
    ['{"schema":99}', /newer hub/],
    ['{"schema":1,"users":[{"name":5}]}', /users\.0\.name/],
    ['[]', /an object was expected/],
  ] as const) {
    await writeFile(path, text);
    await expect(openJsonStore(path)).rejects.toThrow(place);
    expect(await readFile(path, 'utf8')).toBe(text);
  }
});

test('names of the language itself are names like any other', async () => {
  const store = await openJsonStore(path);
  expect(store.users.get('constructor')).toBeUndefined();
  await store.change((drafts) => drafts.users.put(user('constructor')));
  await store.close();
  const again = await openJsonStore(path);
  expect(again.users.get('constructor')?.name).toBe('constructor');
  expect(again.users.get('__proto__')).toBeUndefined();
  await again.close();
});

test('kill -9 in a stream of writes loses nothing acknowledged', { timeout: 30_000 }, async () => {
  const writer = fileURLToPath(new URL('../../../test/store-writer.ts', import.meta.url));
  const child = spawn(process.execPath, [writer, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (printed.length > 1500) break;
  }
  child.kill('SIGKILL');
  await new Promise((done) => child.once('exit', done));
  // The last piece may be half a name.
  const acknowledged = printed.split('\n').slice(0, -1);
  expect(acknowledged.length).toBeGreaterThan(100);
  const store = await openJsonStore(path);
  const lost = acknowledged.filter((name) => store.users.get(name) === undefined);
  expect(lost).toEqual([]);
  await store.close();
});
