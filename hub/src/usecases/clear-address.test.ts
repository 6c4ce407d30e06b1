import { expect, test } from 'vitest';
import { SPAWN_SETTINGS } from '../../test/spawn-settings.ts';
import { makeTables } from '../adapters/store/tables.ts';
import { newServer, type Server } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import { clearAddress } from './clear-address.ts';

function house(servers: readonly Partial<Server>[]) {
  const tables = makeTables();
  for (const one of servers) tables.servers.put({ ...newServer(one.user ?? ''), ...one });
  const removed: string[] = [];
  const store: Store = {
    ...tables,
    change: async (write) => write(tables),
    touch: (write) => write(tables),
    close: async () => {},
  };
  const routes = {
    list: () => Promise.resolve([]),
    add: () => Promise.resolve(),
    remove: async (path: string) => void removed.push(path),
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const ports = { store, routes, log, settings: { ...SPAWN_SETTINGS, baseUrl: '/jhub/' } };
  return {
    removed,
    clear: (user: string, target: string) => clearAddress(ports, { user, name: '' }, target),
  };
}

test('who was led to the address that another server has now is led there no more', async () => {
  const { removed, clear } = house([
    { user: 'ana', state: 'ready', target: 'http://172.18.0.5:8888' },
    // A web application of the same address has another port.
    { user: 'ben', name: 'app', state: 'frozen', target: 'http://172.18.0.5:3838' },
    { user: 'cleo', state: 'ready', target: 'http://172.18.0.55:8888' },
    { user: 'dora', state: 'stopped', target: null },
    { user: 'emil', state: 'waiting', target: null },
  ]);
  await clear('emil', 'http://172.18.0.5:8888');
  expect(removed).toEqual(['/jhub/user/ana/', '/jhub/user/ben/app/']);
});

test('a server’s own former address is no other’s', async () => {
  const { removed, clear } = house([{ user: 'ana', state: 'ready', target: 'http://172.18.0.5:8888' }]);
  await clear('ana', 'http://172.18.0.5:8888');
  expect(removed).toEqual([]);
});
