// Lists of people, roles and the access file follow their files while the hub runs; a bad one changes nothing (issue 7).
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askHub } from '../../hub/src/cli/ask-hub.ts';
import { runCommand } from '../../hub/src/cli/commands.ts';
import { RunningHub } from './running-hub.ts';

let hub: RunningHub;
let folder: string;

const yaml = (text: string) => writeFile(join(folder, 'config.yaml'), text);
const berth = (...words: readonly string[]) =>
  runCommand((method, path) => askHub(hub.adminSocket, method, path), words);
const reload = () => berth('config', 'reload');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-reload-'));
  await yaml('hub: {config: {Authenticator: {allowed_users: [zoe]}}}\n');
  // The lists alone decide here.
  hub = await RunningHub.open({ settings: { CONFIG_FILE: join(folder, 'config.yaml'), ALLOW_ALL: 'false' } });
  await hub.api('POST', '/users/zoe');
});
afterAll(async () => {
  await hub?.close();
  await rm(folder, { recursive: true });
});

async function tokenOf(user: string): Promise<string> {
  const { json } = await hub.api('POST', `/users/${user}/tokens`, {});
  return (json as { token: string }).token;
}

test('a role that comes into the configuration gives its rights at once, and takes them when it goes', async () => {
  const token = await tokenOf('zoe');
  const lists = () => hub.api('GET', '/users', undefined, token).then(({ status }) => status);
  expect(await lists()).toBe(403);
  const grader = 'hub: {loadRoles: {grader: {scopes: ["list:users"], users: [zoe]}}}\n';
  await yaml(grader);
  expect((await reload()).out).toContain('In force now: ALLOWED_USERS, LOAD_ROLES.');
  expect(await lists()).toBe(200);
  await yaml('{}\n');
  await reload();
  expect(await lists()).toBe(403);
});

test('an administrator who comes into the list is one at once; who is blocked is out at once', async () => {
  const token = await tokenOf('zoe');
  const self = () => hub.api('GET', '/user', undefined, token);
  await yaml('hub: {config: {Authenticator: {admin_users: [zoe]}}}\n');
  expect(await reload()).toMatchObject({ code: 0 });
  expect((await self()).json).toMatchObject({ name: 'zoe', admin: true });
  await yaml('hub: {config: {Authenticator: {blocked_users: [zoe]}}}\n');
  await reload();
  expect((await self()).status).toBe(403);
  await yaml('{}\n');
  await reload();
});

test('a bad file is refused with its reason in the log, in the health and at the command line, and changes nothing', async () => {
  await yaml(
    'hub:\n  loadRoles:\n    grader: {scopes: [made:up]}\n  config:\n    Authenticator: {blocked_users: [zoe]}\n',
  );
  const refused = await reload();
  expect(refused.code).toBe(2);
  expect(refused.error).toMatch(
    /config\.yaml:2: hub\.loadRoles cannot be: role grader: there is no scope made:up/,
  );
  expect(refused.error).toContain('Nothing was taken');
  await expect.poll(() => hub.log, { timeout: 10_000 }).toMatch(/made:up.*the one in force stays/);
  expect((await hub.api('GET', '/users/zoe')).status).toBe(200);
  const status = await berth('status', '--json');
  expect(JSON.parse(status.out ?? '')).toMatchObject({
    parts: {
      configuration: expect.stringMatching(/^ok, but the files are wrong and not in force: .*made:up/),
    },
  });
  await yaml('{}\n');
  await reload();
  expect((await berth('status')).out).toMatch(/configuration +ok\n/);
});

test('a change that takes a restart is told, and not taken', async () => {
  await yaml('hub: {baseUrl: /x/}\n');
  expect((await reload()).out).toContain('Restart needed for: BASE_URL');
  expect((await berth('status')).out).toMatch(/configuration +ok, but a restart is needed for BASE_URL/);
  expect((await hub.api('GET', '/')).status).toBe(200);
  await yaml('{}\n');
  expect((await berth('config', 'reload', '--json')).out).toContain('"waiting": []');
});

test('the access file is followed too, and a bad one is refused', async () => {
  const path = join(hub.directory, 'access.json');
  const { readFile } = await import('node:fs/promises');
  const before = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  const token = await tokenOf('zoe');
  await writeFile(
    path,
    JSON.stringify({ ...before, loadRoles: { lister: { scopes: ['list:users'], users: ['zoe'] } } }),
  );
  expect((await reload()).out).toContain('ACCESS_FILE');
  expect((await hub.api('GET', '/users', undefined, token)).status).toBe(200);
  await writeFile(path, '{"loadRoles": ');
  expect((await reload()).error).toContain('is not JSON');
  expect((await hub.api('GET', '/users', undefined, token)).status).toBe(200);
});
