// A container's end is told once. Who is busy with its server may not be listening any more.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJsonStore } from '../src/adapters/store/json-store.ts';
import { serverKey } from '../src/domain/server.ts';
import type { Store } from '../src/domain/store.ts';
import { makeCreateUsers } from '../src/usecases/create-users.ts';
import { makeNoteContainerEvent } from '../src/usecases/note-container-event.ts';
import { makeStartServer } from '../src/usecases/start-server.ts';
import { Fate, ToyEngine, ToyRoutes } from './toy-engine.ts';
import { toySpawn } from './toy-spawn.ts';

let folder: string;
let store: Store;
let house: Awaited<ReturnType<typeof makeHouse>>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-death-'));
  store = await openJsonStore(join(folder, 'berth.json'));
  house = await makeHouse(store);
});
afterEach(async () => {
  expect(house.unhandled).toEqual([]);
  await store.close();
  await rm(folder, { recursive: true });
});

/** Alice's server is ready. Looks at everything are counted, and do nothing. */
async function makeHouse(store: Store) {
  const fate = new Fate(7);
  const unhandled: unknown[] = [];
  const engine = new ToyEngine(fate);
  const ports = toySpawn({ store, fate, engine, routes: new ToyRoutes(fate), unhandled, pace: 5 });
  await makeCreateUsers(ports)({ names: ['alice'], admin: false });
  await makeStartServer(ports)({ user: 'alice', server: '', options: {}, by: 'alice' });
  await ports.lives.quiet(AbortSignal.timeout(60_000));
  let looks = 0;
  const note = makeNoteContainerEvent(ports, async () => {
    looks += 1;
    return { problem: null, repairs: [] };
  });
  const server = () => store.servers.get(serverKey('alice', ''));
  const id = server()?.containerId ?? '';
  return { ports, engine, unhandled, note, server, id, looks: () => looks };
}

/** Somebody is busy with the server; until the way that is returned is used. */
function busy(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  house.ports.lives.begin('alice', '', 'repair', () => promise);
  return resolve;
}

test('one that dies while somebody is busy with its server, and looks no more, is failed when they are done', async () => {
  const done = busy();
  house.engine.die(house.id, 137);
  const noted = house.note({ kind: 'died', id: house.id, exitCode: 137 });
  done();
  await noted;
  expect(house.server()).toMatchObject({ state: 'failed', failure: { code: 'RUN-102', exitCode: 137 } });
});

test('what runs after all is left in peace, and a start that is heard of asks for no look at everything', async () => {
  const done = busy();
  await house.note({ kind: 'started', id: house.id });
  const noted = house.note({ kind: 'died', id: house.id, exitCode: 0 });
  done();
  await noted;
  expect(house.server()).toMatchObject({ state: 'ready', failure: null });
  expect(house.looks()).toBe(0);
});

test('when something else begins at once, everything is looked at', async () => {
  const done = busy();
  house.engine.die(house.id, 137);
  const next = house.ports.lives.get('alice', '')?.done.then(() => busy());
  const noted = house.note({ kind: 'died', id: house.id, exitCode: 137 });
  done();
  await noted;
  expect(house.looks()).toBe(1);
  (await next)?.();
});
