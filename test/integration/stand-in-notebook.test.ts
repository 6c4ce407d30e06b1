import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeNotebookClient } from '../../hub/src/adapters/notebook/notebook-client.ts';
import { Ledger } from '../load/ledger.ts';
import { Person } from '../load/person.ts';
import { Tally } from '../load/tally.ts';
import { buildStandInNotebook, STAND_IN_NOTEBOOK } from '../support/stand-in-notebook.ts';
import { RunningHub } from './running-hub.ts';

// What a hub has to do with must be alike: each line is held by the genuine jupyterhub-singleuser, too.
describe.each(['berth-notebook-minimal', STAND_IN_NOTEBOOK])('a server of %s', (image) => {
  let hub: RunningHub;
  let own: string;
  let strangers: string;
  let direct: string;

  beforeAll(async () => {
    hub = await RunningHub.open({
      settings: {
        DOCKER_NOTEBOOK_IMAGE: image,
        CULL_ENABLED: 'false',
        HTTP_TIMEOUT: '150',
        AUTHENTICATOR_CLASS: 'dummy',
        DUMMY_PASSWORD: 'for trials',
      },
    });
    if (image === STAND_IN_NOTEBOOK) await buildStandInNotebook(hub.dock.docker);
    await hub.api('POST', `/users/bob-${hub.dock.word}`);
    [own, strangers] = [await tokenOf(hub.alice), await tokenOf(`bob-${hub.dock.word}`)];
    await hub.startServer(hub.alice, {}, 180_000);
    const networks = (await hub.container())?.NetworkSettings.Networks;
    direct = `http://${networks?.[hub.dock.name]?.IPAddress}:8888`;
  });
  afterAll(() => hub?.close());

  async function tokenOf(user: string): Promise<string> {
    const { json } = await hub.api('POST', `/users/${user}/tokens`, {});
    return (json as { token: string }).token;
  }

  async function ask(path: string, token?: string, method: 'GET' | 'POST' | 'DELETE' = 'GET') {
    const headers = token === undefined ? {} : { authorization: `token ${token}` };
    const answer = await request(`${hub.proxy.url}/user/${hub.alice}/${path}`, { method, headers });
    const text = await answer.body.text();
    const json: unknown =
      /json/.test(`${answer.headers['content-type']}`) && text !== '' ? JSON.parse(text) : null;
    return { status: answer.statusCode, headers: answer.headers, json };
  }

  test('tells its version to everybody', async () => {
    expect(await ask('api')).toMatchObject({ status: 200, json: { version: expect.any(String) } });
  });

  test.each(['api/status', 'api/kernels', 'api/terminals'])(
    '%s is for those whom the hub lets in',
    async (path) => {
      expect((await ask(path)).status).toBe(403);
      expect((await ask(path, 'made-up-0123456789')).status).toBe(403);
      expect((await ask(path, strangers)).status).toBe(403);
      expect((await ask(path, own)).status).toBe(200);
    },
  );

  test('says what the culler asks', async () => {
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/);
    const { json } = await ask('api/status?no_track_activity=1', own);
    expect(json).toMatchObject({ started: moment, last_activity: moment, kernels: 0 });
    expect((await ask('api/kernels', own)).json).toEqual([]);
    expect((await ask('api/terminals', own)).json).toEqual([]);
  });

  test('being asked by the culler is no activity', async () => {
    const lastActivity = async () =>
      ((await ask('api/status?no_track_activity=1', own)).json as { last_activity: string }).last_activity;
    const before = await lastActivity();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await lastActivity()).toBe(before);
  });

  test('a kernel that listens answers the culler over its shell channel, which is no activity', async () => {
    const { askKernel } = makeNotebookClient();
    const ofKernel = (id: string) => askKernel(direct, `/user/${hub.alice}/`, own, id);
    const { id } = (await ask('api/kernels', own, 'POST')).json as { id: string };
    const told = async () => (await ask('api/kernels?no_track_activity=1', own)).json;
    // Jupyter calls it "starting" until it has heard it once, and may hear that after its answer.
    await expect
      .poll(async () => [await ofKernel(id), await told()], { timeout: 120_000 })
      .toMatchObject(['answered', [{ execution_state: 'idle' }]]);
    const before = await told();
    const status = (await ask('api/status?no_track_activity=1', own)).json;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await ofKernel(id)).toBe('answered');
    // Nor does a connection stay: to Jupyter a page would be open.
    await expect.poll(told).toEqual(before);
    expect((await ask('api/status?no_track_activity=1', own)).json).toEqual(status);
    await ask(`api/kernels/${id}`, own, 'DELETE');
    expect(await ofKernel(id)).toBe('refused');
  });

  test("leads a stranger's browser to the hub", async () => {
    const { status, headers } = await ask('lab');
    expect(status).toBe(302);
    const to = new URL(`${headers.location}`, hub.proxy.url);
    expect(to.pathname).toBe('/hub/api/oauth2/authorize');
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      client_id: `jupyterhub-user-${hub.alice}`,
      redirect_uri: `/user/${hub.alice}/oauth_callback`,
      response_type: 'code',
      state: expect.stringMatching(/.{16,}/),
    });
  });

  test('lets in by cookie whom the hub sends back, who runs a cell and saves a file', async () => {
    const [tally, ledger, dispatcher] = [new Tally(), new Ledger(), new Agent()];
    const { url } = hub.proxy;
    const shared = { url, password: 'for trials', profile: '', tally, ledger, dispatcher };
    const person = new Person({ ...shared, name: hub.alice });
    await person.signIn();
    await person.startUnlessRunning();
    await person.open();
    await person.useKernel();
    await person.runCell('word');
    await person.save();
    await person.poll();
    person.leave();
    await dispatcher.close();
    expect(tally.figures().map(({ failed }) => failed)).toEqual(tally.figures().map(() => ({})));
    const token = await tokenOf(hub.alice);
    const { json } = await ask('api/contents/work.txt?content=1', token);
    expect(json).toMatchObject({ content: expect.stringMatching(/^1\na line of work/) });
    // Kernels that stay would be activity of their own.
    for (const { id } of (await ask('api/kernels', token)).json as { id: string }[]) {
      await ask(`api/kernels/${id}`, token, 'DELETE');
    }
  });

  test('answers only under its prefix', async () => {
    const answer = await request(`${direct}/api`);
    await answer.body.dump();
    expect(answer.statusCode).toBe(404);
  });

  test('ends in peace when it is told to', async () => {
    expect((await ask('api/shutdown', own, 'POST')).status).toBe(200);
    await expect.poll(async () => (await hub.server())?.ready ?? false, { timeout: 60_000 }).toBe(false);
    await expect.poll(() => hub.container(), { timeout: 60_000 }).toBeNull();
    await expect.poll(() => hub.log, { timeout: 20_000 }).toContain('it was shut down from within');
  });
});
