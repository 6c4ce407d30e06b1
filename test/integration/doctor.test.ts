// The doctor in a whole hub, with a real engine and a real proxy: what is well, and each probe where its part is not.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askHub } from '../../hub/src/cli/ask-hub.ts';
import { PROBE_CODES } from '../../hub/src/domain/probe.ts';
import { RunningHub } from './running-hub.ts';

interface Told {
  readonly code: string;
  readonly level: string;
  readonly says: string;
  readonly next: string;
}

let hub: RunningHub;

beforeAll(async () => {
  hub = await RunningHub.open();
});
afterAll(() => hub.close());

async function doctor(): Promise<ReadonlyMap<string, Told>> {
  const { status, body } = await askHub(hub.adminSocket, 'GET', '/doctor', 90_000);
  expect(status).toBe(200);
  return new Map((body.probes as Told[]).map((told) => [told.code, told]));
}

/** The hub anew, with other settings. */
async function withSettings(settings: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, Told>> {
  await hub.end();
  await hub.start(settings);
  return await doctor();
}

const notOk = (told: ReadonlyMap<string, Told>): string[] =>
  [...told.values()].flatMap(({ code, level, says }) => (level === 'ok' ? [] : [`${code} ${level} ${says}`]));

test('every probe answers, and a hub that is well has no failure', async () => {
  await hub.startServer();
  // What leads to ports runs from the appliance's own image, which is not built here.
  const told = await withSettings({ PUBLIC_URL: `${hub.proxy.url}/`, PORT_FORWARDING: 'never' });
  expect([...told.keys()]).toEqual(PROBE_CODES);
  // This machine's own disk, the missing backup and administrator are no fault of the hub's.
  const machine = /^(HOST-0[12]|STORE-0[34]|CONF-06|AUTH-03) /;
  expect(notOk(told).filter((line) => !machine.test(line))).toEqual([]);
  expect(told.get('PROXY-03')?.says).toMatch(/came back over a WebSocket within \d+ ms/);
  expect(told.get('DOCK-06')?.says).toContain('96.0 MB');
  expect(told.get('DOCK-08')?.says).toContain('answers there');
});

test('the trial container and its volume are gone afterwards', async () => {
  const filters = { label: [`org.berth.hub=${hub.dock.name}:trial`] };
  expect(await hub.dock.docker.listContainers({ all: true, filters })).toEqual([]);
  expect((await hub.dock.docker.listVolumes({ filters })).Volumes).toEqual([]);
});

test.each<[string, Readonly<Record<string, string>>, string, 'warn' | 'fail', RegExp]>([
  ['no public address', {}, 'CONF-04', 'warn', /PUBLIC_URL is not set/],
  [
    'an engine that is away',
    { DOCKER_SOCKET: '/nowhere/docker.sock' },
    'DOCK-01',
    'fail',
    /its socket is not there/,
  ],
  [
    'an image that nobody has and nobody may fetch',
    { DOCKER_NOTEBOOK_IMAGE: 'berth-nobody-has-this', PULL_POLICY: 'never' },
    'DOCK-04',
    'fail',
    /Not here: berth-nobody-has-this/,
  ],
  [
    'an image that the first start would fetch',
    { DOCKER_NOTEBOOK_IMAGE: 'berth-nobody-has-this' },
    'DOCK-04',
    'warn',
    /Not here/,
  ],
  [
    'nothing to lead to ports with',
    { PORT_FORWARDER_IMAGE: 'berth-nobody-has-this' },
    'DOCK-04',
    'warn',
    /Not here: berth-nobody-has-this, from which Berth leads to ports/,
  ],
  [
    'a hub whose name nobody knows on the notebooks’ network',
    { HUB_CONNECT_URL: 'http://nobody-knows-it:8081' },
    'DOCK-07',
    'fail',
    /does not find nobody-knows-it/,
  ],
  [
    'a hub that does not answer there',
    { HUB_CONNECT_URL: 'http://127.0.0.1:9' },
    'DOCK-08',
    'fail',
    /does not answer a notebook container/,
  ],
  [
    'a callback that leads elsewhere',
    {
      GITHUB_CLIENT_ID: 'a',
      GITHUB_CLIENT_SECRET: 'b',
      OAUTH_CALLBACK_URL: 'https://other.example/hub/oauth_callback',
      PUBLIC_URL: 'https://hub.invalid/',
    },
    'AUTH-02',
    'fail',
    /this hub waits at https:\/\/hub\.invalid\/hub\/oauth_callback/,
  ],
  [
    'a provider whose name is not found',
    {
      GITHUB_CLIENT_ID: 'a',
      GITHUB_CLIENT_SECRET: 'b',
      GITHUB_URL: 'https://github.invalid',
      OAUTH_CALLBACK_URL: 'https://hub.invalid/hub/oauth_callback',
    },
    'AUTH-01',
    'fail',
    /Not found: github\.invalid/,
  ],
  [
    'one password for all, and a public address',
    { AUTHENTICATOR_CLASS: 'dummy', DUMMY_PASSWORD: 'for trials', PUBLIC_URL: 'https://hub.invalid/' },
    'AUTH-04',
    'fail',
    /others than this machine can come in/,
  ],
  [
    'a public address that leads nowhere',
    { PUBLIC_URL: 'http://hub.invalid/' },
    'PROXY-03',
    'warn',
    /cannot be reached/,
  ],
  ['people without TLS', { PUBLIC_URL: 'http://hub.invalid/' }, 'TLS-01', 'warn', /without TLS/],
])('%s', async (_, settings, code, level, says) => {
  const told = (await withSettings(settings)).get(code);
  expect(told).toMatchObject({ level, says: expect.stringMatching(says) });
  expect(told?.next).not.toBe('');
});

test('a userlist that cannot be used, and a secret that others may read', async () => {
  const list = join(hub.directory, 'userlist');
  await writeFile(list, 'ana admin\n\u0000\n');
  await hub.end();
  await hub.start({ USERLIST_FILE: list });
  // A hub does not start with such a secret; afterwards only the doctor looks.
  await chmod(join(hub.directory, 'cookie_secret'), 0o644);
  const told = await doctor();
  await chmod(join(hub.directory, 'cookie_secret'), 0o600);
  expect(told.get('AUTH-05')?.level).not.toBe('ok');
  expect(told.get('CONF-03')).toMatchObject({
    level: 'fail',
    says: expect.stringContaining('cookie_secret (644)'),
  });
});

test('a route that is missing, then a proxy that does not answer, then a network that is gone', async () => {
  await withSettings({});
  const { at, token } = hub.proxy.door;
  if (!('url' in at)) throw new Error('the proxy of this test listens on a port');
  const gone = await fetch(`${at.url}/api/routes/user/${hub.alice}`, {
    method: 'DELETE',
    headers: { authorization: `token ${token}` },
  });
  expect(gone.status).toBe(204);
  expect((await doctor()).get('PROXY-02')).toMatchObject({
    level: 'warn',
    says: expect.stringContaining(hub.alice),
  });
  await hub.proxy.close();
  const away = await doctor();
  expect(away.get('PROXY-01')?.level).toBe('fail');
  expect(away.get('PROXY-03')?.level).not.toBe('ok');
  await hub.api('DELETE', `/users/${hub.alice}/server`).catch(() => null);
});
