import { expect, test } from 'vitest';
import { SPAWN_SETTINGS } from '../../test/spawn-settings.ts';
import { makeTables } from '../adapters/store/tables.ts';
import { makeVisitSigner } from '../adapters/system/visit-signer.ts';
import type { Route } from '../domain/ports.ts';
import { newServer } from '../domain/server.ts';
import { NOBODY } from '../domain/sign-in-settings.ts';
import type { Store } from '../domain/store.ts';
import { newUser } from '../domain/user.ts';
import { openRoute, type WayPorts } from './open-route.ts';
import { VisitBook } from './visit-book.ts';

const WEB = {
  port: 8787,
  healthPath: '/',
  stripPrefix: true,
  tokenHeader: { name: 'X-Door-Token', variable: 'DOOR_TOKEN' },
};
const signer = makeVisitSigner(Buffer.alloc(32, 1));

function house({ web = true, guards = true } = {}) {
  const tables = makeTables();
  tables.users.put(newUser('alice', 0));
  tables.servers.put({ ...newServer('alice'), generation: 4, web: web ? WEB : null });
  const given: Omit<Route, 'lastActivity'>[] = [];
  const ports: WayPorts = {
    store: {
      ...tables,
      change: async (write) => write(tables),
      touch: (write) => write(tables),
      close: async () => {},
    } satisfies Store,
    admission: () => ({ settings: { ...NOBODY, allowAll: true }, userlist: new Map() }),
    settings: { ...SPAWN_SETTINGS, baseUrl: '/jhub/', publicOrigin: 'https://hub.example' },
    routes: {
      list: () => Promise.resolve([]),
      add: async (route) => void given.push(route),
      remove: () => Promise.resolve(),
    },
    guard: {
      signer,
      book: new VisitBook({ now: () => 7, sleep: () => Promise.resolve() }),
      canGuard: async () => guards,
    },
  };
  return { ports, given };
}

test('the way to a web application is guarded, with its secret, below its own path', async () => {
  const { ports, given } = house();
  await openRoute(ports, newServer('alice'), 'http://172.18.0.5:8787');
  expect(given).toEqual([
    {
      path: '/jhub/user/alice/',
      target: 'http://172.18.0.5:8787',
      user: 'alice',
      server: '',
      asleep: false,
      guarded: {
        key: signer.key,
        audience: '/jhub/user/alice/',
        notBefore: 7,
        door: '/jhub/hub/guard',
        renew: '/jhub/hub/guard/renew',
        secure: true,
        stripPrefix: true,
        headers: { 'X-Door-Token': signer.doorToken('alice/', 4) },
      },
    },
  ]);
});

test('behind a proxy that guards nothing no way to it is opened at all', async () => {
  const { ports, given } = house({ guards: false });
  await expect(openRoute(ports, newServer('alice'), 'http://172.18.0.5:8787')).rejects.toMatchObject({
    code: 'SPAWN-171',
  });
  expect(given).toEqual([]);
});

test('a notebook, which guards itself, is led to by any proxy', async () => {
  const { ports, given } = house({ web: false, guards: false });
  await openRoute(ports, newServer('alice'), 'http://172.18.0.5:8888');
  expect(given[0]).not.toHaveProperty('guarded');
});
