import { expect, test } from 'vitest';
import { makeTables } from '../src/adapters/store/tables.ts';
import { ownerOf } from '../src/domain/container-spec.ts';
import { Problem } from '../src/domain/problem.ts';
import { isOpen, serverKey } from '../src/domain/server.ts';
import type { Drafts, Store } from '../src/domain/store.ts';
import { makeChangeUser } from '../src/usecases/change-user.ts';
import { makeCreateUsers } from '../src/usecases/create-users.ts';
import { makeFreezeServer } from '../src/usecases/freeze-server.ts';
import { makeNoteContainerEvent } from '../src/usecases/note-container-event.ts';
import { makeReconcile } from '../src/usecases/reconcile.ts';
import { makeRemoveUser } from '../src/usecases/remove-user.ts';
import { makeStartServer } from '../src/usecases/start-server.ts';
import { makeStopServer } from '../src/usecases/stop-server.ts';
import { makeWakeServer } from '../src/usecases/wake-server.ts';
import { SPAWN_SETTINGS } from './spawn-settings.ts';
import { Fate, ToyEngine, ToyRoutes } from './toy-engine.ts';
import { toySpawn } from './toy-spawn.ts';

// Anybody may do anything to a server at any moment, the engine may fail or forget to tell, containers may die:
// when it is quiet again, engine, routes, store and tokens agree. Real engines and stores have tests of their own
// (test/integration); here it is the orders of events, by the thousand.

const PEOPLE = ['alice', 'bob'];
const ROUNDS = 60;
const DEEDS = 25;

function makeWorld(seed: number) {
  const fate = new Fate(seed);
  const tables = makeTables();
  for (const name of PEOPLE) {
    const rest = { admin: false, groups: [], created: 0, lastActivity: null, identities: {}, invited: false };
    tables.users.put({ name, ...rest });
  }
  const store: Store = {
    ...tables,
    async change<T>(write: (drafts: Drafts) => T): Promise<T> {
      const result = write(tables);
      await fate.pause();
      return result;
    },
    touch: (write) => write(tables),
    close: async () => {},
  };
  const unhandled: unknown[] = [];
  const engine = new ToyEngine(fate);
  const routes = new ToyRoutes(fate);
  const ports = toySpawn({ store, fate, engine, routes, unhandled });
  const reconcile = makeReconcile(ports);
  const note = makeNoteContainerEvent(ports, reconcile);
  engine.watch((event) => void note(event));
  const [start, stop] = [makeStartServer(ports), makeStopServer(ports)];
  const [freeze, wake] = [makeFreezeServer(ports), makeWakeServer(ports)];
  const accounts = {
    remove: makeRemoveUser({ ...ports, stopServer: stop }),
    create: makeCreateUsers(ports),
    change: makeChangeUser(ports),
  };
  return {
    fate,
    ports,
    engine,
    routes,
    unhandled,
    reconcile,
    note,
    start,
    stop,
    freeze,
    wake,
    accounts,
    tables,
  };
}

type World = ReturnType<typeof makeWorld>;

function doSomething(world: World, harm: boolean): Promise<unknown> {
  const { fate, engine } = world;
  const user = PEOPLE[fate.below(PEOPLE.length)] ?? '';
  const server = ['', 'gpu'][fate.below(2)] ?? '';
  switch (fate.below(harm ? 12 : 10)) {
    case 0:
    case 1:
    case 2:
      return world.start({ user, server, options: {}, by: user });
    case 3:
    case 4:
      return world.stop({ user, server, why: 'user', detail: 'stopped by you' });
    case 5:
      return world.reconcile();
    case 6:
      return moveAccount(world, user);
    case 7:
      return world.accounts.create({ names: [user], admin: false });
    case 8:
      return freezeOne(world);
    case 9:
      return world.wake({ user, name: server });
    case 10: {
      const [id] = [...engine.containers.keys()].toSorted(() => fate.below(3) - 1);
      if (id !== undefined) engine.die(id, fate.below(2));
      return Promise.resolve();
    }
    default: {
      const [id] = engine.containers.keys();
      if (id !== undefined) engine.containers.delete(id);
      return Promise.resolve();
    }
  }
}

/** Puts one that runs to sleep, if there is one; now and then at the machine, behind the hub's back. */
async function freezeOne({ fate, tables, freeze, engine }: World): Promise<void> {
  const ready = [...tables.servers.values()].filter(({ state }) => state === 'ready');
  const server = ready[fate.below(ready.length || 1)];
  if (server === undefined) return;
  if (fate.happens(0.2)) await engine.pause(server.containerId ?? '');
  else await freeze(server, Date.now());
}

/** Removes an account, or has it renamed and called back. */
async function moveAccount({ accounts, fate }: World, user: string): Promise<void> {
  if (fate.below(2) === 0) return accounts.remove(user);
  await accounts.change({ name: user, newName: `new-${user}`, admin: null });
  await accounts.remove(user).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
  });
  await accounts.change({ name: `new-${user}`, newName: user, admin: null });
}

async function becomesQuiet(world: World): Promise<void> {
  world.engine.trouble = 0;
  world.routes.trouble = 0;
  for (let look = 0; look < 10; look += 1) {
    await world.ports.lives.quiet(AbortSignal.timeout(5_000));
    const { repairs, problem } = await world.reconcile();
    if (repairs.length === 0 && problem === null && world.ports.lives.size === 0) return;
  }
  throw new Error('it does not come to rest');
}

function expectAgreement({ ports, engine, routes, tables }: World): void {
  const servers = [...tables.servers.values()];
  for (const { state } of servers) expect(['ready', 'frozen', 'stopped', 'failed']).toContain(state);
  const ready = servers.filter(isOpen);
  const keys = ready.map((server) => serverKey(server.user, server.name)).toSorted();
  const running = [...engine.containers.values()].map(({ view }) => {
    expect(view.running).toBe(true);
    const owner = ownerOf(view, SPAWN_SETTINGS.instance);
    return serverKey(owner?.user ?? '', owner?.server ?? '');
  });
  expect(running.toSorted()).toEqual(keys);
  const routed = [...routes.table.values()].map((route) => serverKey(route.user ?? '', route.server ?? ''));
  expect(routed.toSorted()).toEqual(keys);
  for (const server of ready) {
    const [route] = [...routes.table.values()].filter((one) => one.target === server.target);
    expect(route?.user).toBe(server.user);
    const asleep = server.state === 'frozen';
    expect(route?.asleep ?? false).toBe(asleep);
    expect(engine.containers.get(server.containerId ?? '')?.view.paused).toBe(asleep);
  }
  expect([...tables.tokens.values()].map((token) => token.server).toSorted()).toEqual(keys);
  expect([...tables.clients.values()].map((one) => serverKey(one.user, one.server)).toSorted()).toEqual(keys);
  for (const { user } of servers) expect(tables.users.get(user), `owner of ${user}'s server`).toBeDefined();
  expect(ports.line.waiting).toBe(0);
}

/** Where nothing went wrong, nobody is told that something did. */
function expectNoFailure({ tables }: World): void {
  for (const { failure, stopReason } of tables.servers.values()) {
    expect(failure).toBeNull();
    expect(['user', 'user-removed']).toContain(stopReason?.why ?? 'user');
  }
}

test.each([
  ['people start, stop, are renamed and removed', 0, false],
  ['containers die and vanish', 0, true],
  ['engine and proxy fail now and then, too', 0.03, true],
])('%s in whatever order: all agree in the end', { timeout: 60_000 }, async (_, trouble, harm) => {
  for (let seed = 1; seed <= ROUNDS; seed += 1) {
    const world = makeWorld(seed);
    world.engine.trouble = trouble;
    world.routes.trouble = trouble;
    const deeds: Promise<unknown>[] = [];
    for (let deed = 0; deed < DEEDS; deed += 1) {
      deeds.push(
        doSomething(world, harm).catch((error: unknown) => {
          // Being told no is fine; being told nonsense is not.
          if (!(error instanceof Problem)) throw error;
        }),
      );
      await world.fate.pause();
    }
    await Promise.all(deeds);
    await becomesQuiet(world);
    expect({ seed, unhandled: world.unhandled }).toEqual({ seed, unhandled: [] });
    expectAgreement(world);
    if (!harm) expectNoFailure(world);
  }
});
