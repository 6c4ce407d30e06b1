import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Classroom, openClassroom } from '../../../../test/support/classroom.ts';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';

let house: ContractHub;
let alice: string;
let get: Classroom['get'];

beforeEach(async () => {
  ({ house, alice, get } = await openClassroom());
});
afterEach(() => house.close());

/** The same house with other settings. */
async function reopen(options: Parameters<typeof openContractHub>[0]): Promise<void> {
  await house.close();
  house = await openContractHub(options);
}

describe('servers', () => {
  const post = (path: string, token: string, body?: unknown) =>
    house.call('POST', `/hub/api${path}`, { token, body });
  const del = (path: string, token: string, body?: unknown) =>
    house.call('DELETE', `/hub/api${path}`, { token, body });

  test('ready in time is 201, empty text; again is 400; an empty name is the default server', async () => {
    const started = await post('/users/alice/servers/', alice, { note: 'x' });
    expect([started.status, started.text, started.headers['content-type']]).toEqual([201, '', 'text/plain']);
    expect(await post('/users/alice/server', alice)).toMatchObject({
      status: 400,
      json: { message: 'alice is already running' },
    });
    expect((await get('/users/alice', alice)).json).toMatchObject({
      servers: { '': { user_options: { note: 'x' } } },
    });
    expect((await del('/users/alice/server', alice)).status).toBe(204);
    expect((await del('/users/alice/server', alice)).status).toBe(204);
    await post('/users/alice/server', alice);
    expect((await get('/users/alice', alice)).json).toMatchObject({
      servers: { '': { user_options: { note: 'x' } } },
    });
  });

  test('named servers: a limit, a label, and removal', async () => {
    for (const name of ['gpu', 'big'])
      expect((await post(`/users/alice/servers/${name}`, alice)).status).toBe(201);
    expect(await post('/users/alice/servers/third', alice)).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining('maximum of 2 named servers') },
    });
    expect(await post('/users/alice/servers/gpu', alice)).toMatchObject({
      status: 400,
      json: { message: 'alice:gpu is already running' },
    });
    expect((await del('/users/alice/servers/gpu', alice)).status).toBe(204);
    expect((await get('/users/alice?include_stopped_servers=1', alice)).json).toMatchObject({
      servers: { gpu: { stopped: true, started: null } },
    });
    expect((await del('/users/alice/servers/gpu', alice, { remove: true })).status).toBe(204);
    expect((await del('/users/alice/servers/gpu', alice)).status).toBe(404);
    expect(await del('/users/alice/server', alice, { remove: true })).toMatchObject({
      status: 400,
      json: { message: 'Cannot delete the default server' },
    });
  });

  test('a failed start says why', async () => {
    await reopen({ spawn: 'fails' });
    await house.addUser('alice');
    const reply = await post('/users/alice/server', await house.token('alice'));
    expect(reply).toMatchObject({
      status: 500,
      json: { message: expect.stringContaining('image does not exist') },
    });
  });

  test('the progress stream ends with ready, or with failed, or at once for what is decided', async () => {
    await reopen({ spawn: 'slow' });
    await house.addUser('alice');
    const token = await house.token('alice');
    const follow = () => house.call('GET', '/hub/api/users/alice/server/progress', { token });
    expect((await follow()).status).toBe(404);
    for (const how of ['ready', 'failed'] as const) {
      const starting = post('/users/alice/server', token);
      await expect.poll(() => house.store.servers.get('alice/')?.state).toBe('queued');
      const following = follow();
      setTimeout(() => house.finishStart('alice', '', how), 200);
      const stream = await following;
      expect(stream.headers['content-type']).toBe('text/event-stream');
      const events = stream.text
        .split('\n\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line.replace(/^data: /, '')));
      expect(events[0]).toEqual({ progress: 0, message: 'Server requested' });
      expect(events.at(-1)).toMatchObject(
        how === 'ready'
          ? { progress: 100, ready: true, url: '/user/alice/' }
          : { progress: 100, failed: true, message: expect.stringMatching(/^Spawn failed: .*foo/) },
      );
      expect((await starting).status).toBe(how === 'ready' ? 201 : 500);
      expect((await follow()).text.match(/data:/g)).toHaveLength(1);
      if (how === 'ready') await del('/users/alice/server', token);
    }
    await del('/users/alice/server', token);
  });
});
