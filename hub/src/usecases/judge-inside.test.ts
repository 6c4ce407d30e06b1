import { expect, test } from 'vitest';
import { SPAWN_SETTINGS } from '../../test/spawn-settings.ts';
import { makeTables } from '../adapters/store/tables.ts';
import type { CullPolicy, CullSettings } from '../domain/cull-settings.ts';
import type { NotebookStatus, Route } from '../domain/ports.ts';
import { newServer } from '../domain/server.ts';
import type { Drafts, Store } from '../domain/store.ts';
import { judgeInside } from './judge-inside.ts';
import { KernelBook } from './kernel-book.ts';
import type { SpawnPorts } from './spawn-ports.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const HOUR = 3_600_000;
const POLICY: CullPolicy = { timeout: 3_600, maxAge: null, freezeTimeout: null };
const QUIET: NotebookStatus = {
  busyKernels: 0,
  kernels: 1,
  terminals: 0,
  lastActivity: NOON - 2 * HOUR,
  lastWork: NOON - 2 * HOUR,
  idleKernels: [{ id: 'k', connections: 0, lastActivity: NOON - 2 * HOUR }],
};

/** Alice's server, idle for two hours, whose kernel answers after so long; what is told then. */
function look(
  kernelTakes: number,
  then: { used?: number; status?: NotebookStatus | null; silent?: boolean },
) {
  let now = NOON;
  let routesRead = 0;
  const tables = makeTables();
  const put = (write: (drafts: Drafts) => void) => write(tables);
  const store = { ...tables, touch: put } as unknown as Store;
  const server = {
    ...newServer('alice'),
    ...{ state: 'ready' as const, target: 'http://172.18.0.2:8888', containerId: 'c1' },
    ...{ started: NOON - 3 * HOUR, lastActivity: NOON - 2 * HOUR, lastPersonal: NOON - 2 * HOUR },
  };
  tables.servers.put(server);
  const route = {
    path: '/user/alice/',
    user: 'alice',
    server: '',
    lastActivity: then.used ?? NOON - 2 * HOUR,
  };
  const ports = {
    store,
    clock: { now: () => now, sleep: async () => {} },
    settings: SPAWN_SETTINGS,
    containers: { readVariable: async () => 't' },
    notebook: { status: async () => (then.status === undefined ? QUIET : then.status) },
    routes: {
      list: async () => {
        routesRead += 1;
        return [route as unknown as Route];
      },
    },
    log: { info: () => {}, warn: () => {}, error: () => {} },
  } as unknown as SpawnPorts;
  const askKernels = async () => {
    now += kernelTakes;
    return then.silent ? ('silent' as const) : ('answered' as const);
  };
  const settings = { activity: 'any', busyCores: 0.05 } as CullSettings;
  const parts = { ports, settings, book: new KernelBook(), askKernels, traffic: new Map<string, number>() };
  const witnesses = { status: QUIET, silentLooks: 0, cores: 0 };
  return { verdict: () => judgeInside(parts, server, POLICY, witnesses), reads: () => routesRead };
}

test('a kernel that answers at once was idle all along: its server is stopped, and nobody is asked again', async () => {
  const { verdict, reads } = look(40, {});
  expect(await verdict()).toMatchObject({ act: 'stop', why: 'idle' });
  expect(reads()).toBe(0);
});

test('one that is silent keeps it', async () => {
  expect(await look(5_000, { silent: true }).verdict()).toEqual({
    act: 'keep',
    why: 'a kernel executes, although Jupyter calls it idle',
  });
});

test('one that takes its time and did nothing meanwhile does not keep it', async () => {
  expect(await look(4_000, {}).verdict()).toMatchObject({ act: 'stop', why: 'idle' });
});

test.each([
  ['its owner came back', { used: NOON + 3_000 }],
  ['a cell ended', { status: { ...QUIET, lastActivity: NOON + 3_900, lastWork: NOON + 3_900 } }],
  ['another cell began', { status: { ...QUIET, busyKernels: 1 } }],
  ['it stopped answering', { status: null }],
])('while a kernel took its time %s: the server is kept', async (_, then) => {
  expect(await look(4_000, then).verdict()).toMatchObject({ act: 'keep' });
});
