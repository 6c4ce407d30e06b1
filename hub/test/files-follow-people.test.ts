// Files follow the person, never the name: through a rename, a departure, a return, and the end of a named server.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJsonStore } from '../src/adapters/store/json-store.ts';
import { makeSealer } from '../src/adapters/system/sealer.ts';
import { LABEL } from '../src/domain/container-spec.ts';
import { plainIdentity } from '../src/domain/identity.ts';
import type { SavedEnvironment } from '../src/domain/saved-environment.ts';
import { newServer, serverKey } from '../src/domain/server.ts';
import type { Store } from '../src/domain/store.ts';
import type { VolumeView } from '../src/domain/volumes.ts';
import { ownersOfVolumes } from '../src/domain/whose-volume.ts';
import { makeChangeUser } from '../src/usecases/change-user.ts';
import { makeCreateInvitation } from '../src/usecases/create-invitation.ts';
import { makeCreateUsers } from '../src/usecases/create-users.ts';
import { makeOpenSession } from '../src/usecases/open-session.ts';
import { makeRemoveServer } from '../src/usecases/remove-server.ts';
import { makeRemoveUser } from '../src/usecases/remove-user.ts';
import { makeStartServer } from '../src/usecases/start-server.ts';
import { makeStopServer } from '../src/usecases/stop-server.ts';
import { ownersOf } from '../src/usecases/whose-account.ts';
import { SPAWN_SETTINGS } from './spawn-settings.ts';
import { Fate, ToyEngine, ToyRoutes } from './toy-engine.ts';
import { toySpawn } from './toy-spawn.ts';

const OF_ALICE = 'jupyterhub-user-alice';

let folder: string;
let store: Store;
let house: ReturnType<typeof makeHouse>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-files-'));
  store = await openJsonStore(join(folder, 'berth.json'));
  house = makeHouse(store);
  await house.add('alice', 'bob');
});
afterEach(async () => {
  expect(house.unhandled).toEqual([]);
  await store.close();
  await rm(folder, { recursive: true });
});

/** A hub's verbs on a real store. The engine keeps its volumes when containers go. */
function makeHouse(store: Store) {
  const fate = new Fate(7);
  const unhandled: unknown[] = [];
  const engine = new ToyEngine(fate);
  // Each start has to succeed, also on a crowded machine: 12 s are left of a minute.
  const ports = toySpawn({ store, fate, engine, routes: new ToyRoutes(fate), unhandled, pace: 5 });
  const [start, stop] = [makeStartServer(ports), makeStopServer(ports)];
  const createUsers = makeCreateUsers(ports);
  const openSession = makeOpenSession({ ...ports, sealer: makeSealer([Buffer.alloc(32, 5)]) });
  const changeUser = makeChangeUser(ports);
  return {
    ports,
    engine,
    unhandled,
    add: (...names: string[]) => createUsers({ names, admin: false }),
    rename: (name: string, newName: string) => changeUser({ name, newName, admin: null }),
    remove: makeRemoveUser({ ...ports, stopServer: stop }),
    removeServer: (user: string, server: string) => makeRemoveServer(ports)({ user, server }),
    createInvitation: makeCreateInvitation(ports),
    signIn: (name: string) =>
      openSession({
        name,
        identity: plainIdentity('pam', name, name),
        address: '192.0.2.1',
        userAgent: '',
        previous: null,
      }),
    /** Starts a server, ends it, and tells which volume it had. */
    async volumeOfStart(user: string, server = ''): Promise<string | null> {
      await start({ user, server, options: {}, by: user });
      await ports.lives.quiet(AbortSignal.timeout(60_000));
      const ran = store.servers.get(serverKey(user, server));
      expect(ran).toMatchObject({ state: 'ready', failure: null });
      await stop({ user, server, why: 'user', detail: 'stopped by you' });
      await ports.lives.quiet(AbortSignal.timeout(60_000));
      return ran?.volumeName ?? null;
    },
    /** Whose the volumes of the engine are, as the pages tell. */
    owners() {
      const views = [...engine.volumes].map((name): VolumeView => {
        const labels = { [LABEL.hub]: SPAWN_SETTINGS.instance, [LABEL.user]: 'alice' };
        return { name, labels, created: null, driver: 'local' };
      });
      const owners = ownersOfVolumes(views, {
        instance: SPAWN_SETTINGS.instance,
        servers: store.servers.values(),
        departures: store.departures.values(),
        isUser: (name) => store.users.get(name) !== undefined,
      });
      return Object.fromEntries([...owners].map(([name, owner]) => [name, 'user' in owner && owner.user]));
    },
  };
}

describe('alice is renamed to alicia, and leaves with her files kept', () => {
  beforeEach(async () => {
    expect(await house.volumeOfStart('alice')).toBe(OF_ALICE);
    await house.rename('alice', 'alicia');
    await house.remove('alicia');
    expect(store.departures.get('alicia')).toMatchObject({ volumes: [OF_ALICE] });
  });

  test('a newcomer of the old name gets a volume of their own', async () => {
    await house.signIn('alice');
    expect(await house.volumeOfStart('alice')).toBe(`${OF_ALICE}.N2`);
    expect(house.owners()).toEqual({ [OF_ALICE]: 'alicia', [`${OF_ALICE}.N2`]: 'alice' });
  });

  test.each([
    ['signs in', () => house.signIn('alicia')],
    ['is added by an administrator', () => house.add('alicia')],
  ])('who %s again starts with the old files, whoever has the old name by now', async (_, comeBack) => {
    await house.signIn('alice');
    await house.volumeOfStart('alice');
    await comeBack();
    expect(store.departures.size).toBe(0);
    expect(house.owners()).toEqual({ [OF_ALICE]: 'alicia', [`${OF_ALICE}.N2`]: 'alice' });
    expect(await house.volumeOfStart('alicia')).toBe(OF_ALICE);
  });

  test('nobody is renamed into the files that are kept', async () => {
    const before = [...store.users.values()];
    await expect(house.rename('bob', 'alicia')).rejects.toMatchObject({
      code: 'SERVER-001',
      facts: { detail: expect.stringContaining('Files of a former alicia are kept') },
    });
    expect([...store.users.values()]).toEqual(before);
  });
});

test('of several volumes that are kept, who comes back goes on with the default server’s', async () => {
  await store.change((drafts) => {
    drafts.servers.put({ ...newServer('alice', 'gpu'), volumeName: 'of-gpu' });
    drafts.servers.put({ ...newServer('alice'), volumeName: 'of-default' });
  });
  await house.remove('alice');
  await house.add('alice');
  expect(await house.volumeOfStart('alice')).toBe('of-default');
});

test('a volume that is somebody else’s by now is given to nobody who comes back', async () => {
  await store.change((drafts) => {
    drafts.departures.put({ user: 'carol', at: 0, why: 'removed', volumes: [OF_ALICE] });
    drafts.servers.put({ ...newServer('alice'), volumeName: OF_ALICE });
  });
  await house.add('carol');
  expect(await house.volumeOfStart('carol')).toBe('jupyterhub-user-carol');
});

test('a departure follows a rename: it keeps nothing for the next one of the old name', async () => {
  const volumes = [await house.volumeOfStart('alice')].filter((name) => name !== null);
  await store.change((drafts) => drafts.departures.put({ user: 'alice', at: 0, why: 'lists', volumes }));
  await house.rename('alice', 'alicia');
  expect([...store.departures.values()].map(({ user }) => user)).toEqual(['alicia']);
  await house.signIn('alice');
  expect(await house.volumeOfStart('alice')).toBe(`${OF_ALICE}.N2`);
});

describe('a named server that is removed', () => {
  test('leaves its volume to the servers of its owner, whatever the volume is called', async () => {
    expect(await house.volumeOfStart('alice', 'gpu')).toBe(OF_ALICE);
    await house.rename('alice', 'alicia');
    await house.removeServer('alicia', 'gpu');
    expect(house.owners()).toEqual({ [OF_ALICE]: 'alicia' });
    expect(await house.volumeOfStart('alicia')).toBe(OF_ALICE);
  });

  test('changes nothing where another server has a volume, and makes no record where none had one', async () => {
    await store.change((drafts) => {
      drafts.servers.put({ ...newServer('alice', 'gpu'), volumeName: 'of-gpu' });
      drafts.servers.put({ ...newServer('alice', 'big'), volumeName: 'of-big' });
      drafts.servers.put(newServer('bob', 'gpu'));
    });
    await house.removeServer('alice', 'gpu');
    await house.removeServer('bob', 'gpu');
    expect([...store.servers.values()]).toEqual([{ ...newServer('alice', 'big'), volumeName: 'of-big' }]);
  });
});

describe('bob is renamed to robert', () => {
  const environment = (id: string, by: string): SavedEnvironment => ({
    id,
    name: id,
    description: '',
    user: 'bob',
    by,
    audience: { kind: 'owner' },
    image: `berth-environment:${id}`,
    base: 'lab:1',
    options: {},
    created: 0,
    size: 1,
  });
  const offered = (name: string) => house.ports.plan.offer(name)?.map(({ slug }) => slug);

  test('saved environments follow; the next bob is offered none', async () => {
    await store.change((drafts) => {
      drafts.environments.put(environment('mine', 'bob'));
      drafts.environments.put(environment('made-for-me', 'boss'));
    });
    await house.rename('bob', 'robert');
    await house.signIn('bob');
    expect(offered('robert')).toEqual(expect.arrayContaining(['saved-mine', 'saved-made-for-me']));
    expect(offered('bob')).toBeUndefined();
    expect([...store.environments.values()].map(({ user, by }) => [user, by])).toEqual([
      ['robert', 'robert'],
      ['robert', 'boss'],
    ]);
    expect(store.environments.where('user', 'bob')).toEqual([]);
  });

  test('a link with which bob chooses a password goes on to be robert’s, and keeps strangers out', async () => {
    await house.createInvitation({ user: 'bob' });
    await house.rename('bob', 'robert');
    expect([...store.invitations.values()].map(({ user }) => user)).toEqual(['robert']);
    const robert = store.users.get('robert');
    expect(robert === undefined ? null : ownersOf(store, robert)).toEqual({ local: 'password' });
    await expect(house.signIn('robert')).rejects.toMatchObject({ code: 'AUTH-008' });
  });
});
