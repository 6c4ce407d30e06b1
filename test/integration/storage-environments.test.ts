// Issue "Spawning", save my environment: a container becomes an image without its secrets, and a profile for whom it may
// be. The real hub, proxy and engine.
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningHub } from './running-hub.ts';
import { IMAGE } from './spawn-house.ts';
import { inside, openStorageHub, SMALL, stopped, tokenOfUser } from './storage-hub.ts';

const run = promisify(execFile);

let hub: RunningHub;
let bob: string;
let own: string;
let others: string;
let foreign: string;

const GROUP = 'savers';

beforeAll(async () => {
  hub = await openStorageHub();
  foreign = `${hub.dock.name}-foreign`;
  const file =
    'FROM berth-notebook-minimal\nUSER root\nENTRYPOINT ["/bin/echo", "not a notebook:"]\nCMD ["x"]\n';
  execFileSync('docker', ['build', '-q', '-t', foreign, '-'], { input: file });
  await hub.end();
  const root = {
    display_name: 'Foreign',
    kubespawner_override: {
      image: foreign,
      entrypoint: [],
      cmd: ['jupyterhub-singleuser'],
      args: ['--allow-root'],
      uid: 0,
      pull_policy: 'Never',
    },
  };
  await hub.start({
    ENVIRONMENT_SAVERS: GROUP,
    ENVIRONMENTS_PER_USER: '1',
    ROOT_SERVERS: 'true',
    PROFILES: JSON.stringify([SMALL, root]),
  });
  bob = `bob-${hub.dock.word}`;
  await hub.api('POST', `/users/${bob}`);
  own = await tokenOfUser(hub, hub.alice);
  others = await tokenOfUser(hub, bob);
});

afterAll(async () => {
  for (const { id } of await saved()) await remove(id);
  await hub?.close();
  await run('docker', ['rmi', '-f', foreign]);
});

interface Saved {
  readonly id: string;
  readonly profile: string;
  readonly image: string;
}

const saved = async (): Promise<readonly Saved[]> =>
  (await hub.api('GET', '/berth/environments')).json as Saved[];
const remove = (id: string, token?: string) =>
  hub.api('DELETE', `/berth/environments/${id}`, undefined, token);
const save = (body: unknown, token?: string, user = hub.alice) =>
  hub.api('POST', `/berth/users/${user}/server/environment`, body, token);
const wish = (user: string, profile: string) => hub.api('POST', `/users/${user}/server`, { profile });
const imageIsHere = (image: string) =>
  hub.dock.docker
    .getImage(image)
    .inspect()
    .then(
      () => true,
      () => false,
    );

test('saving is closed to people until a setting opens it to a group of theirs, and to a server’s token always', async () => {
  await hub.startServer();
  expect(await save({ name: 'mine' }, own)).toMatchObject({ status: 403, json: { code: 'ENV-001' } });
  await hub.api('POST', `/groups/${GROUP}`, { users: [hub.alice, bob] });
  expect((await save({ name: 'mine' }, others)).status).toBe(404);
  expect((await save({ name: 'mine' }, await hub.tokenOf())).status).toBe(403);
  for (const bad of [{}, { name: '' }, { name: 'x', for: 'all' }, { name: 'x', extra: 1 }]) {
    expect((await save(bad, own)).status).toBe(400);
  }
  expect((await save({ name: 'x', for: 'everyone' }, own)).status).toBe(403);
  expect((await save({ name: 'x', for: 'group', group: GROUP }, own)).status).toBe(403);
  expect(await saved()).toEqual([]);
});

test('what was installed is in the image; no secret of the server is, nor any of its variables or labels', async () => {
  await inside(hub, 'mkdir -p /opt/tool && echo works > /opt/tool/it; echo kept > /home/jovyan/work/file');
  const secret = await hub.tokenOf();
  const answer = await save({ name: 'With a tool', description: 'for maps' }, own);
  expect(answer).toMatchObject({ status: 201, json: { name: 'With a tool', for: 'owner', user: hub.alice } });
  const { image } = answer.json as Saved;
  const made = await hub.dock.docker.getImage(image).inspect();
  const base = await hub.dock.docker.getImage(IMAGE).inspect();
  const { Labels: labels, ...config } = made.Config;
  const { Labels: before, ...expected } = base.Config;
  expect(config).toEqual(expected);
  expect(Object.keys(labels ?? {}).filter((name) => !(name in (before ?? {})))).toEqual([
    'org.berth.environment',
    'org.berth.environment.hub',
  ]);
  const { stdout } = await run('sh', ['-c', `docker save ${image} | tar xO --wildcards '*.json'`], {
    maxBuffer: 2 ** 26,
  });
  const history = JSON.stringify(await hub.dock.docker.getImage(image).history());
  for (const words of [stdout, history, JSON.stringify(made)]) {
    expect(words).not.toContain(secret);
    expect(words).not.toContain('JUPYTERHUB_');
  }
  const { stdout: files } = await run('docker', [
    'run',
    '--rm',
    '--network',
    'none',
    '--entrypoint',
    'cat',
    image,
    '/opt/tool/it',
  ]);
  expect(files.trim()).toBe('works');
  // The server that was saved goes on.
  expect((await hub.server())?.ready).toBe(true);
});

test('no other image is left of the saving: the engine’s own copy had the token in it', async () => {
  const { stdout } = await run('docker', ['images', '-a', '-q', '--filter', 'dangling=true', '--no-trunc']);
  const secret = await hub.tokenOf();
  for (const id of stdout.split('\n').filter(Boolean)) {
    const told = await hub.dock.docker
      .getImage(id)
      .inspect()
      .catch(() => null);
    expect(JSON.stringify(told)).not.toContain(secret);
  }
});

test('it is a profile for its owner and for nobody else, with the command of the profile that it was made from', async () => {
  const [{ profile = '', image = '' } = {}] = await saved();
  expect(await wish(bob, profile)).toMatchObject({ status: 400 });
  await stopped(hub);
  await hub.startServer(hub.alice, { profile });
  expect((await hub.container())?.Config.Image).toBe(image);
  expect(await inside(hub, 'cat /opt/tool/it')).toBe('works');
  // Files are the volume's, and were no part of the image.
  expect(await inside(hub, 'cat /home/jovyan/work/file')).toBe('kept');
});

test('nobody saves more than they may, nor removes what others have; an administrator may, for a group', async () => {
  expect(await save({ name: 'two' }, own)).toMatchObject({ status: 409, json: { code: 'ENV-002' } });
  const shared = await save({ name: 'For the class', for: 'group', group: GROUP });
  expect(shared).toMatchObject({ status: 201, json: { for: 'group', group: GROUP } });
  const { id, profile } = shared.json as Saved;
  expect((await remove(id, own)).status).toBe(404);
  expect((await remove(id, others)).status).toBe(404);
  await hub.startServer(bob, { profile });
  expect(await inside(hub, 'cat /opt/tool/it', bob)).toBe('works');
  expect(await remove(id)).toMatchObject({ status: 409, json: { code: 'ENV-005' } });
  await stopped(hub, bob);
  await hub.api('DELETE', `/groups/${GROUP}/users`, { users: [bob] });
  expect((await wish(bob, profile)).status).toBe(400);
  await stopped(hub);
  expect((await remove(id)).status).toBe(204);
  expect(await saved()).toHaveLength(1);
});

test('an administrator’s token for their own servers saves nothing for everyone and removes nothing of others; the whole one does', async () => {
  const boss = `boss-${hub.dock.word}`;
  await hub.api('POST', `/users/${boss}`, { admin: true });
  const whole = await tokenOfUser(hub, boss);
  const made = await hub.api('POST', `/users/${boss}/tokens`, { scopes: [`servers!user=${boss}`] }, whole);
  const { token: narrow } = made.json as { token: string };
  await hub.startServer(boss, { profile: 'small' });
  expect((await save({ name: 'all', for: 'everyone' }, narrow, boss)).status).toBe(403);
  const shared = await save({ name: 'all', for: 'everyone' }, whole, boss);
  expect(shared).toMatchObject({ status: 201, json: { for: 'everyone', user: boss } });
  const { id, image } = shared.json as Saved;
  expect((await hub.api('GET', '/berth/environments', undefined, narrow)).json).toEqual([]);
  expect((await remove(id, narrow)).status).toBe(404);
  expect(await imageIsHere(image)).toBe(true);
  expect((await hub.api('GET', '/berth/environments', undefined, whole)).json).toHaveLength(2);
  await stopped(hub, boss);
  expect((await remove(id, whole)).status).toBe(204);
  await hub.api('DELETE', `/users/${boss}`);
});

test('a save that comes with a stop: the stop waits for it, or it is refused; never half an image', async () => {
  const [first] = await saved();
  if (first !== undefined) await remove(first.id);
  for (const wait of [0, 60, 200]) {
    await hub.startServer(hub.alice, { profile: 'small' });
    const saving = save({ name: `race ${wait}` });
    await new Promise((done) => setTimeout(done, wait));
    const stopping = hub.api('DELETE', `/users/${hub.alice}/server`);
    const { status, json } = await saving;
    await stopping;
    await stopped(hub);
    expect([201, 400]).toContain(status);
    if (status !== 201) continue;
    const { id, image } = json as Saved;
    expect(await imageIsHere(image)).toBe(true);
    expect((await remove(id)).status).toBe(204);
    expect(await imageIsHere(image)).toBe(false);
  }
  expect(await saved()).toEqual([]);
});

test('what was only its owner’s goes with the account, its image too: the next of that name finds nothing', async () => {
  await hub.api('POST', `/groups/${GROUP}/users`, { users: [bob] });
  await hub.startServer(bob, { profile: 'small' });
  const { image } = (await save({ name: 'bob’s' }, others, bob)).json as Saved;
  expect(await imageIsHere(image)).toBe(true);
  await hub.api('DELETE', `/users/${bob}`);
  expect(await saved()).toEqual([]);
  expect(await imageIsHere(image)).toBe(false);
});

test('an image made elsewhere, as root, with a foreign ENTRYPOINT and without conda, starts', async () => {
  await hub.startServer(hub.alice, { profile: 'foreign' }, 90_000);
  expect(await inside(hub, 'id -u')).toBe('0');
  expect((await hub.container())?.Config.Cmd).toEqual(['jupyterhub-singleuser', '--allow-root']);
  await stopped(hub);
});
