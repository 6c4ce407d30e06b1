import { expect, test } from 'vitest';
import { SPAWN_SETTINGS } from '../../test/spawn-settings.ts';
import { makeTables } from '../adapters/store/tables.ts';
import type { KernelWord, NotebookStatus, Route } from '../domain/ports.ts';
import { newServer, type Server } from '../domain/server.ts';
import type { Drafts, Store } from '../domain/store.ts';
import { makeEndClass } from './end-class.ts';
import { KernelBook } from './kernel-book.ts';
import { Lives } from './lives.ts';
import type { SpawnPorts } from './spawn-ports.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const QUIET: NotebookStatus = {
  busyKernels: 0,
  kernels: 1,
  terminals: 0,
  lastActivity: NOON - HOUR,
  lastWork: NOON - HOUR,
  idleKernels: [{ id: 'k', connections: 0, lastActivity: NOON - HOUR }],
};
const READY: Server = {
  ...newServer('nobody'),
  ...{ state: 'ready', schedule: 'Statistics', generation: 1 },
  ...{ started: NOON - 4 * HOUR, lastActivity: NOON - HOUR, lastPersonal: NOON - HOUR },
  target: 'http://172.18.0.2:8888',
};

/** A class at noon, each of whom left an hour ago and whose notebook says so; `world` may be changed while it ends. */
function classOf(...users: string[]) {
  const tables = makeTables();
  const store = { ...tables, touch: (write: (drafts: Drafts) => void) => write(tables) } as unknown as Store;
  for (const user of users) tables.servers.put({ ...READY, user, containerId: user });
  const world = {
    /** What a notebook says, by its owner; null: nothing. */
    says: new Map<string, NotebookStatus | null>(),
    kernel: 'answered' as KernelWord,
    routes: async (): Promise<readonly Partial<Route>[]> => [],
    cores: 0,
    undisturbed: Number.POSITIVE_INFINITY,
    stopping: async (_user: string): Promise<void> => {},
  };
  let readings = 0;
  const stopped: string[] = [];
  const warnings: string[] = [];
  const lives = new Lives(() => {});
  const book = new KernelBook();
  const token = async (id: string) => id;
  const ports = {
    ...{ store, lives, settings: SPAWN_SETTINGS, crowd: () => 1 },
    clock: { now: () => NOON, sleep: async () => {} },
    containers: {
      abilities: { usage: true, pause: true },
      readVariable: token,
      readUsage: async (containerId: string) => {
        readings += 1;
        return { containerId, at: readings, used: readings * world.cores };
      },
    },
    notebook: {
      status: async (_target: string, _path: string, user: string) => {
        const said = world.says.get(user);
        return said === undefined ? QUIET : said;
      },
      askKernel: async () => world.kernel,
    },
    routes: { list: () => world.routes() },
    log: { info: () => {}, warn: (_: object, words: string) => warnings.push(words), error: () => {} },
  } as unknown as SpawnPorts;
  const end = makeEndClass(ports, {
    settings: { busyCores: 0.05 },
    book,
    undisturbed: () => world.undisturbed,
    stopServer: async ({ user, server, why, detail }) => {
      expect([why, detail]).toEqual(['schedule', 'Statistics']);
      await world.stopping(user);
      stopped.push(user);
      return newServer(user, server);
    },
  });
  const record = (user: string): Server => {
    const server = tables.servers.get(`${user}/`);
    if (server === undefined) throw new Error(`no server of ${user}`);
    return server;
  };
  const change = (user: string, what: Partial<Server>) => tables.servers.put({ ...record(user), ...what });
  return { world, stopped, warnings, lives, book, record, change, end: () => end('Statistics') };
}

const left = (why: string, count = 1) => ({ stopped: 0, left: new Map([[why, count]]) });

test('what it started stops, but not what somebody used a moment ago, nor what others started', async () => {
  const hub = classOf('ana', 'boris', 'guest');
  hub.change('boris', { lastPersonal: NOON - 5 * MINUTE });
  hub.change('guest', { schedule: null });
  expect(await hub.end()).toEqual({ stopped: 1, left: new Map([['in use', 1]]) });
  expect(hub.stopped).toEqual(['ana']);
});

test('who keeps theirs is left alone until then, and not longer', async () => {
  const hub = classOf('ana', 'boris');
  hub.change('ana', { keepUntil: NOON + HOUR });
  hub.change('boris', { keepUntil: NOON - MINUTE });
  expect(await hub.end()).toEqual({ stopped: 1, left: new Map([['its owner keeps it', 1]]) });
  expect(hub.stopped).toEqual(['boris']);
});

const twelve = Array.from({ length: 12 }, (_, index) => `user${index}`);

test('who comes back while the first are stopped is kept, although the hub hears of it from the proxy alone', async () => {
  const hub = classOf(...twelve);
  hub.world.stopping = async () => {
    const [user, server, at] = ['user11', '', NOON - 1000];
    hub.world.routes = async () => [{ user, server, lastActivity: at, lastPersonal: at }];
  };
  expect(await hub.end()).toEqual({ stopped: 11, left: new Map([['in use', 1]]) });
  expect(hub.stopped).not.toContain('user11');
});

test.each<[string, Partial<Server>]>([
  ['starts it anew', { generation: 2 }],
  ['begins to start it anew', { generation: 2, state: 'starting' }],
  ['stops it', { state: 'stopped' }],
])('who %s while the first are stopped is not disturbed', async (_, change) => {
  const hub = classOf(...twelve);
  hub.world.stopping = async () => hub.change('user11', change);
  const reason = 'it was stopped, started or woken meanwhile';
  expect(await hub.end()).toEqual({ stopped: 11, left: new Map([[reason, 1]]) });
  expect(hub.stopped).not.toContain('user11');
});

test('while the proxy does not tell of its traffic nobody is stopped; when it falls silent amid the end, nobody else', async () => {
  const silent = async () => Promise.reject(new Error('away'));
  const hub = classOf('ana');
  hub.world.routes = silent;
  expect(await hub.end()).toBeNull();
  expect(hub.stopped).toEqual([]);

  const amid = classOf(...twelve);
  amid.world.stopping = async () => {
    amid.world.routes = silent;
  };
  const end = await amid.end();
  expect(end?.left.get('the proxy does not tell of its traffic')).toBeGreaterThanOrEqual(2);
  expect(amid.stopped).not.toContain('user11');
});

test.each<[string, string, NotebookStatus | null]>([
  ['a kernel executes', 'a kernel executes', { ...QUIET, busyKernels: 1 }],
  ['a cell or a terminal ended a moment ago', 'in use', { ...QUIET, lastWork: NOON - MINUTE }],
  ['it does not say what it does', 'it did not say what it does', null],
])('a server goes on when %s', async (_, why, status) => {
  const hub = classOf('ana');
  hub.world.says.set('ana', status);
  expect(await hub.end()).toEqual(left(why));
  expect(hub.stopped).toEqual([]);
});

test('a kernel that does not answer keeps its server, although Jupyter calls it idle', async () => {
  const hub = classOf('ana');
  hub.world.kernel = 'silent';
  expect(await hub.end()).toEqual(left('a kernel executes, although Jupyter calls it idle'));
  expect(hub.stopped).toEqual([]);
});

test('what computes goes on, although no kernel does', async () => {
  const hub = classOf('ana');
  hub.world.cores = 0.5;
  expect(await hub.end()).toEqual(left('it computes'));
});

test('who sleeps is stopped only if its kernels were asked before', async () => {
  const hub = classOf('ana', 'boris', 'carla');
  for (const user of ['ana', 'boris', 'carla']) hub.change(user, { state: 'frozen' });
  hub.book.of(hub.record('ana')).sleepsAsked = true;
  hub.book.of(hub.record('carla')).sleepsAsked = true;
  const waking = Promise.withResolvers<void>();
  hub.lives.begin('carla', '', 'repair', () => waking.promise);
  expect(await hub.end()).toEqual({
    stopped: 1,
    left: new Map([
      ['it sleeps, and its kernels were not asked', 1],
      ['it was stopped, started or woken meanwhile', 1],
    ]),
  });
  expect(hub.stopped).toEqual(['ana']);
  waking.resolve();
});

test('a clock that is set amid the end makes nobody idle', async () => {
  const hub = classOf('ana');
  hub.world.undisturbed = 1_000;
  expect(await hub.end()).toEqual(left('the clock was set'));
  expect(hub.stopped).toEqual([]);
});

test('one that cannot be stopped is told as such, and keeps nobody else', async () => {
  const hub = classOf('ana', 'boris');
  hub.world.stopping = async (user) => {
    if (user === 'ana') throw new Error('the engine is away');
  };
  expect(await hub.end()).toEqual({ stopped: 1, left: new Map([['it could not be asked or stopped', 1]]) });
  expect(hub.stopped).toEqual(['boris']);
  expect(hub.warnings).toEqual(['left to the culler at the end of a class']);
});
