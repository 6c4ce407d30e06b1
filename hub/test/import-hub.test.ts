// What a JupyterHub's database knows of people is taken over once, and nothing else of it (issue 7, Import).
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyFormer } from '../src/adapters/former/former-digest.ts';
import { readJupyterHub } from '../src/adapters/former/read-jupyterhub.ts';
import { openJsonStore } from '../src/adapters/store/json-store.ts';
import { systemClock } from '../src/adapters/system/clock.ts';
import { sha256 } from '../src/adapters/system/random.ts';
import { rolesYaml } from '../src/config/import/roles-yaml.ts';
import type { FormerHub, OtherContainer } from '../src/domain/former-hub.ts';
import { loadRoles } from '../src/domain/role.ts';
import { NOBODY } from '../src/domain/sign-in-settings.ts';
import type { Store } from '../src/domain/store.ts';
import { makeIdentifyToken } from '../src/usecases/identify-token.ts';
import { type ImportRequest, makeImportHub } from '../src/usecases/import-hub.ts';

let folder: string;
let store: Store;
let around: { containers: OtherContainer[]; volumes: Set<string> };
let userlist: Map<string, boolean>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-former-'));
  store = await openJsonStore(join(folder, 'berth.json'));
  around = { containers: [], volumes: new Set() };
  userlist = new Map([['alice', false]]);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const admission = () => ({ settings: NOBODY, userlist });
const WORD = 'c0ffee00'.repeat(4);

/** As JupyterHub writes it, step by step. */
function hashed(word: string, rounds = 1, salt = 'ab12'): string {
  const hash = createHash('sha512').update(salt);
  for (let round = 0; round < rounds; round++) hash.update(word);
  return `sha512:${rounds}:${salt}:${hash.digest('hex')}`;
}

const FORMER: FormerHub = {
  users: [
    { name: 'alice', admin: true, created: 1000, lastActivity: 2000, groups: ['lab'] },
    { name: 'Bob', admin: false, created: null, lastActivity: null, groups: ['lab', 'staff'] },
    { name: 'no/body', admin: true, created: null, lastActivity: null, groups: [] },
  ],
  groups: [
    { name: 'lab', properties: { room: 3 } },
    { name: 'staff', properties: {} },
  ],
  roles: [],
  tokens: [token('alice', WORD), token('Bob', 'deadbeef'.repeat(4))],
  servers: [],
  services: ['cull'],
  leftTokens: { expired: 1, servers: 2, others: 0 },
  passwords: 2,
};

function token(user: string, word: string, more: Partial<FormerHub['tokens'][number]> = {}) {
  const dates = { created: 1000, expires: null, lastActivity: null };
  const own = { prefix: word.slice(0, 4), hashed: hashed(word), note: 'script', scopes: ['inherit'] };
  return { user, ...own, ...dates, ...more };
}

function importHub(request: Partial<ImportRequest> = {}) {
  const lookAround = () => Promise.resolve(around);
  const ports = { store, clock: systemClock, digest: sha256, admission, lookAround };
  const run = makeImportHub({ ...ports, volumeTemplate: 'jupyterhub-user-{username}' });
  return run({ former: FORMER, apply: true, letIn: false, ...request });
}

function identify(verify = verifyFormer) {
  const ports = { store, clock: systemClock, digest: sha256, roles: loadRoles(), admission };
  return makeIdentifyToken({ ...ports, verifyFormer: verify });
}

test('without --apply nothing is changed, and the account is the same', async () => {
  const dry = await importHub({ apply: false });
  expect([store.users.size, store.groups.size, store.tokens.size]).toEqual([0, 0, 0]);
  const done = await importHub();
  expect(done.rows).toEqual(dry.rows);
  expect(done.rows.map(({ kind, name, what }) => `${kind} ${name} ${what}`)).toEqual([
    'user alice new',
    'user bob new',
    'user no/body left out',
    'group lab new',
    'group staff new',
    'service cull left out',
    'token alice new',
    'token bob new',
    'token 1 left out',
    'token 2 left out',
    'password 2 left out',
  ]);
});

test('people, administrators, groups and their members are there afterwards', async () => {
  await importHub();
  expect(store.users.get('bob')).toMatchObject({ admin: false, groups: ['lab', 'staff'], invited: false });
  expect(store.groups.get('lab')).toMatchObject({ properties: { room: 3 } });
  expect(store.users.where('group', 'lab').map(({ name }) => name)).toEqual(['alice', 'bob']);
});

test('what the userlist says of administrators wins over what they were', async () => {
  await importHub();
  expect(store.users.get('alice')?.admin).toBe(false);
});

test('who is here already keeps everything, and a second import changes nothing', async () => {
  await importHub();
  const before = JSON.stringify([...store.users.values(), ...store.tokens.values()]);
  const again = await importHub();
  expect(JSON.stringify([...store.users.values(), ...store.tokens.values()])).toBe(before);
  expect(again.rows.filter(({ what }) => what === 'new' || what === 'changed')).toEqual([]);
});

test('import opens no door: who is on no list may not sign in, unless let in', async () => {
  const { rows } = await importHub();
  const bob = rows.find(({ kind, name }) => kind === 'user' && name === 'bob');
  expect(bob?.detail).toContain('may not sign in yet');
  expect(identify()('deadbeef'.repeat(4))).toBeNull();
  await importHub({ letIn: true });
  expect(identify()('deadbeef'.repeat(4))).toMatchObject({ user: { name: 'bob' } });
});

describe('a token of the former hub', () => {
  test('opens what it opened, and is then kept as ours are', async () => {
    await importHub();
    const asked: string[] = [];
    const who = identify((word, digest) => {
      asked.push(digest);
      return verifyFormer(word, digest);
    });
    expect(who(WORD)).toMatchObject({ kind: 'token', user: { name: 'alice' } });
    expect(who(WORD)).toMatchObject({ kind: 'token', user: { name: 'alice' } });
    expect(asked).toHaveLength(1);
    const [kept] = store.tokens.where('user', 'alice');
    expect(kept).toMatchObject({ hash: sha256(WORD), note: 'script' });
    expect(kept).not.toHaveProperty('former');
    expect((await importHub()).rows).toContainEqual(
      expect.objectContaining({ name: 'alice', what: 'there' }),
    );
    expect(store.tokens.where('user', 'alice')).toHaveLength(1);
  });

  test.each([
    ['another word with the same beginning', `${WORD.slice(0, 31)}1`],
    ['its own digest', hashed(WORD)],
    ['its beginning alone', WORD.slice(0, 4)],
    ['nothing', ''],
    ['a word without end', WORD.repeat(100)],
  ])('is not taken for %s', async (_, word) => {
    await importHub();
    expect(identify()(word)).toBeNull();
  });

  test('of a word that somebody chose (16384 rounds) is checked at a cost that is bounded', async () => {
    const word = 'a-word-of-my-own';
    await importHub({
      former: { ...FORMER, tokens: [token('alice', word, { hashed: hashed(word, 16_384) })] },
    });
    const begun = performance.now();
    expect(identify()(word)).toMatchObject({ user: { name: 'alice' } });
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  test('costs nothing where its beginning is nobody’s, and little where many share one', async () => {
    const many = Array.from({ length: 40 }, (_, at) => token('alice', `abcd${at}`.padEnd(32, 'x')));
    await importHub({ former: { ...FORMER, tokens: many } });
    let asked = 0;
    const who = identify(() => {
      asked += 1;
      return false;
    });
    who('nobody-has-this');
    expect(asked).toBe(0);
    who('abcd-nor-this');
    expect(asked).toBe(16);
  });

  test.each([
    ['a digest that is not JupyterHub’s', { hashed: 'md5:1:x:y' }],
    ['more rounds than JupyterHub takes', { hashed: hashed('x').replace(':1:', ':999999:') }],
    ['no scope that is known', { scopes: ['made:up'] }],
    ['an owner who is not carried over', { user: 'no/body' }],
  ])('is left out with %s', async (_, more) => {
    const { rows } = await importHub({ former: { ...FORMER, tokens: [token('alice', WORD, more)] } });
    expect(store.tokens.size).toBe(0);
    expect(rows.find(({ kind }) => kind === 'token')?.what).toBe('left out');
  });

  test('goes with its owner, and is not known after its time', async () => {
    const past = token('alice', WORD, { expires: Date.now() - 1 });
    await importHub({ former: { ...FORMER, tokens: [past] } });
    expect(identify()(WORD)).toBeNull();
  });
});

describe('files of the former hub', () => {
  const container = { name: 'jupyter-alice', running: true, image: 'lab:1', volumes: ['alices-own'] };

  test('a volume that a start will find by its name is told of', async () => {
    around.volumes.add('jupyterhub-user-alice');
    const { rows } = await importHub();
    expect(rows).toContainEqual(
      expect.objectContaining({ kind: 'volume', name: 'jupyterhub-user-alice', what: 'found' }),
    );
    expect(store.servers.size).toBe(0);
  });

  test('a volume that only a container shows is remembered as that person’s, and never as two persons’', async () => {
    around.containers.push(container, { ...container, name: 'jupyter-bob' });
    await importHub();
    expect([...store.servers.values()].map(({ user, volumeName }) => [user, volumeName])).toEqual([
      ['alice', 'alices-own'],
    ]);
  });

  test('who had left here goes on with the files that were kept, not with a former container’s', async () => {
    around.containers.push(container);
    await store.change((drafts) =>
      drafts.departures.put({ user: 'alice', at: 0, why: 'removed', volumes: ['kept-of-alice'] }),
    );
    const { rows } = await importHub();
    expect(rows).toContainEqual(
      expect.objectContaining({ kind: 'volume', name: 'kept-of-alice', what: 'there', detail: 'of alice' }),
    );
    expect(store.servers.get('alice/')?.volumeName).toBe('kept-of-alice');
    expect(store.departures.size).toBe(0);
  });

  test('a volume that is kept for somebody who left is nobody else’s, whatever shows or calls it so', async () => {
    around.containers.push(container);
    around.volumes.add('jupyterhub-user-bob');
    await store.change((drafts) =>
      drafts.departures.put({
        user: 'carol',
        at: 0,
        why: 'removed',
        volumes: ['alices-own', 'jupyterhub-user-bob'],
      }),
    );
    const { rows } = await importHub();
    expect(rows.filter(({ kind }) => kind === 'volume')).toEqual([]);
    expect(store.servers.size).toBe(0);
  });

  test('a container of another hub is told of, as in the way, and left alone', async () => {
    around.containers.push(container);
    const { rows } = await importHub();
    expect(rows).toContainEqual(expect.objectContaining({ kind: 'container', what: 'in the way' }));
    expect(store.servers.get('alice/')).toMatchObject({ state: 'stopped', containerId: null });
  });
});

test('roles stand in config.yaml here: what to write there is told', () => {
  const role = {
    name: 'grader',
    description: '',
    scopes: ['list:users'],
    users: ['ana'],
    groups: [],
    services: [],
  };
  expect(rolesYaml([role])).toBe(
    'hub:\n  loadRoles:\n    grader:\n      scopes:\n        - list:users\n      users:\n        - ana',
  );
});

describe('a database', () => {
  const path = () => join(folder, 'jupyterhub.sqlite');
  const make = (sql: string) => {
    const database = new DatabaseSync(path());
    database.exec(sql);
    database.close();
  };
  const people = `
    CREATE TABLE users (id INTEGER, name TEXT, admin BOOLEAN, created DATETIME, last_activity DATETIME);
    INSERT INTO users VALUES (1, 'ana', 1, '2024-05-01 10:20:30.123456', NULL), (2, 'ben', 0, NULL, NULL);
    CREATE TABLE groups (id INTEGER, name TEXT);
    INSERT INTO groups VALUES (7, 'lab');
    CREATE TABLE user_group_map (user_id INTEGER, group_id INTEGER);
    INSERT INTO user_group_map VALUES (2, 7);`;

  test('of JupyterHub 1: tokens could all that their owners can', async () => {
    make(`${people}
      CREATE TABLE api_tokens (id INTEGER, user_id INTEGER, service_id INTEGER, hashed TEXT, prefix TEXT, created DATETIME, expires_at DATETIME, note TEXT, last_activity DATETIME);
      INSERT INTO api_tokens VALUES (1, 1, NULL, 'h', 'abcd', NULL, NULL, 'mine', NULL), (2, NULL, 3, 'h', 'x', NULL, NULL, 's', NULL);`);
    expect(await readJupyterHub(path(), 0)).toMatchObject({
      hub: {
        users: [
          { name: 'ana', admin: true, created: Date.UTC(2024, 4, 1, 10, 20, 30, 123), groups: [] },
          { name: 'ben', groups: ['lab'] },
        ],
        tokens: [{ user: 'ana', scopes: ['inherit'], note: 'mine' }],
        leftTokens: { others: 1 },
        roles: [],
      },
    });
  });

  test('of JupyterHub 2: tokens had roles', async () => {
    make(`${people}
      CREATE TABLE roles (id INTEGER, name TEXT, description TEXT, scopes TEXT);
      INSERT INTO roles VALUES (1, 'token', '', '["all"]'), (2, 'grader', 'x', '["list:users"]');
      CREATE TABLE api_token_role_map (api_token_id INTEGER, role_id INTEGER);
      INSERT INTO api_token_role_map VALUES (1, 1), (2, 2);
      CREATE TABLE user_role_map (user_id INTEGER, role_id INTEGER);
      INSERT INTO user_role_map VALUES (2, 2);
      CREATE TABLE api_tokens (id INTEGER, user_id INTEGER, hashed TEXT, prefix TEXT, client_id TEXT, note TEXT, expires_at DATETIME);
      INSERT INTO api_tokens VALUES (1, 1, 'h', 'abcd', 'jupyterhub', NULL, NULL), (2, 2, 'h', 'abcd', 'jupyterhub', '', NULL),
        (3, 2, 'h', 'abcd', 'jupyterhub-user-ben', '', NULL), (4, 2, 'h', 'abcd', 'jupyterhub', 'Server at /user/ben/', NULL),
        (5, 2, 'h', 'abcd', 'jupyterhub', '', '2001-01-01 00:00:00');`);
    expect(await readJupyterHub(path(), Date.now())).toMatchObject({
      hub: {
        tokens: [
          { user: 'ana', scopes: ['inherit'] },
          { user: 'ben', scopes: ['list:users'] },
        ],
        leftTokens: { expired: 1, servers: 1, others: 1 },
        roles: [{ name: 'grader', users: ['ben'] }],
      },
    });
  });

  test.each([
    ['that is not there', () => rm(path(), { force: true }), 'is not there'],
    ['that is text', () => writeFile(path(), 'users: []\n'.repeat(200)), /cannot be read|not a database/],
    ['that is empty', () => writeFile(path(), ''), /no table of users/],
    ['of another program', async () => make('CREATE TABLE songs (id INTEGER)'), /no table of users/],
  ])('%s is refused in a sentence', async (_, prepare, words) => {
    await prepare();
    const read = await readJupyterHub(path(), 0);
    expect('fault' in read ? read.fault : '').toMatch(words);
  });
});
