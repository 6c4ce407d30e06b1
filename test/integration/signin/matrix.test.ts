import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RunningHub } from '../running-hub.ts';
import { DOORS, type Door, type Who } from './matrix-doors.ts';
import { MatrixPerson } from './matrix-person.ts';

// Every way in, and what has to be true of each: a whole hub in its own process, the real proxy, the real
// engine, the genuine notebook. The order within a door is a day's: first the refusals, at last somebody leaves.

const REFRESH_SECONDS = 2;
const FOLDER = join(import.meta.dirname, '../../output');
const cells: { door: string; cell: string; outcome: 'ok' | 'failed' }[] = [];

describe.each(Object.keys(DOORS) as (keyof typeof DOORS)[])('%s', (kind) => {
  let hub: RunningHub;
  let door: Door;
  let settings: Readonly<Record<string, string>>;
  let alice: MatrixPerson;
  let boss: MatrixPerson;
  let copied: string;

  beforeAll(async () => {
    hub = await RunningHub.open();
    await hub.end();
    const word = hub.dock.word;
    const names = { alice: `ana-${word}`, bob: `bob-${word}`, boss: `boss-${word}` };
    door = await DOORS[kind](hub.proxy.url, names);
    settings = {
      ALLOW_ALL: '',
      AUTH_REFRESH_AGE: String(REFRESH_SECONDS),
      JUPYTERHUB_CRYPT_KEY: 'cd'.repeat(32),
      USERLIST_GRACE: '1',
      ...door.settings,
    };
    await hub.start(settings);
    await door.prepare(hub);
  });

  afterEach(({ task }) => {
    cells.push({ door: kind, cell: task.name, outcome: task.result?.state === 'pass' ? 'ok' : 'failed' });
  });

  afterAll(async () => {
    await hub?.close();
    await door?.close();
    await mkdir(FOLDER, { recursive: true });
    await writeFile(join(FOLDER, 'signin-matrix.json'), JSON.stringify(cells));
  });

  async function signedIn(who: Who): Promise<MatrixPerson> {
    const person = new MatrixPerson(hub.proxy.url);
    const answer = await door.signIn(person, who);
    expect(answer, `${answer.status} ${answer.text.slice(0, 400)}\n${hub.log.slice(-1500)}`).toMatchObject({
      status: 302,
      location: '/hub/home',
    });
    return person;
  }

  test('refused', async () => {
    const person = new MatrixPerson(hub.proxy.url);
    const answer = await door.refused(person);
    expect(answer.status).toBe(403);
    expect(answer.text).toMatch(/<h1|role="alert"/);
    expect(person.browser.cookies('/hub/').map(({ name }) => name)).not.toContain('jupyterhub-hub-login');
    expect(await person.isIn()).toBe(false);
    expect((await hub.api('GET', '/users/mallory')).status).toBe(404);
  });

  test('in', async () => {
    alice = await signedIn('alice');
    const { status, text } = await alice.get('/hub/home');
    expect(status).toBe(200);
    expect(text).toContain(`Hello, ${door.name('alice')}`);
  });

  test('admin', async () => {
    boss = await signedIn('boss');
    expect((await boss.get('/hub/admin')).status).toBe(200);
    expect((await alice.get('/hub/admin')).status).toBe(403);
    expect((await hub.api('GET', `/users/${door.name('boss')}`)).json).toMatchObject({ admin: true });
    expect((await hub.api('GET', `/users/${door.name('alice')}`)).json).toMatchObject({ admin: false });
  });

  test('API token', async () => {
    const token = await alice.makeToken();
    expect(await alice.whoami(token)).toEqual({ status: 200, name: door.name('alice') });
    expect((await hub.api('GET', '/users', undefined, token)).status).toBe(403);
  });

  test('own server', async () => {
    await alice.get('/hub/home');
    const started = await alice.post('/hub/spawn');
    expect(started.status).toBe(303);
    await ready(door.name('alice'));
    const lab = await alice.go(`/user/${door.name('alice')}/lab`);
    expect([lab.status, lab.path]).toEqual([200, `/user/${door.name('alice')}/lab`]);
    expect(lab.text).toContain('jupyter-config-data');
  });

  test('another’s server', async () => {
    const bob = await signedIn('bob');
    const refused = await bob.go(`/user/${door.name('alice')}/lab`);
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain('jupyter-config-data');
    const token = await bob.makeToken();
    const there = `/user/${door.name('alice')}/api/contents`;
    expect((await bob.browser.visit(there, 'GET', { authorization: `token ${token}` })).status).toBe(403);
    expect((await bob.post(`/hub/stop/${door.name('alice')}`)).status).toBeGreaterThanOrEqual(403);
    expect((await hub.server(door.name('alice')))?.ready).toBe(true);
  });

  test('hub restart', async () => {
    await hub.end();
    await hub.start(settings);
    expect(await alice.isIn()).toBe(true);
    const lab = await alice.go(`/user/${door.name('alice')}/lab`);
    expect([lab.status, lab.path]).toEqual([200, `/user/${door.name('alice')}/lab`]);
  });

  test('sign-out', async () => {
    copied = alice.copiedCookies();
    const inLab = alice.copiedCookies(`/user/${door.name('alice')}/`);
    expect(await alice.getWith(copied, '/hub/home')).toBe(200);
    await alice.get('/hub/home');
    // By a provider the page leads on to its own sign-out; ours has ended by then.
    expect([200, 303]).toContain((await alice.post('/hub/logout')).status);
    expect(await alice.getWith(copied, '/hub/home')).toBe(302);
    expect(await alice.getWith(copied, '/hub/api/user')).toBe(403);
    // The notebook asks the hub about its own cookie again, at the latest when its memory of it is stale.
    const token = new RegExp(`jupyterhub-user-${door.name('alice')}`);
    expect(inLab).toMatch(token);
    expect((await alice.go(`/user/${door.name('alice')}/lab`)).path).toMatch(
      /^\/hub\/(?:login|oauth_login)|^https?:/,
    );
  });

  test('refresh', async () => {
    const bob = await signedIn('bob');
    const token = await bob.makeToken();
    await sleep((REFRESH_SECONDS + 0.5) * 1000);
    expect(await bob.isIn()).toBe(true);
    await door.takeAway(hub);
    await sleep((REFRESH_SECONDS + 1.5) * 1000);
    expect(await bob.isIn()).toBe(false);
    expect((await bob.whoami(token)).status).toBe(403);
    expect(await boss.isIn()).toBe(true);
  });

  async function ready(user: string): Promise<void> {
    for (let look = 0; look < 600; look += 1) {
      if ((await hub.server(user))?.ready === true) return;
      await sleep(100);
    }
    throw new Error(`${user} is not ready: ${hub.log.slice(-3000)}`);
  }
});
