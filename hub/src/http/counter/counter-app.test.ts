import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';
import { makeRunProbes } from '../../usecases/run-probes.ts';
import type { Hub } from '../hub.ts';
import { makeCounterApp } from './counter-app.ts';

let house: ContractHub;
let server: Server;

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await house.close();
});

async function ask(
  method: 'GET' | 'POST',
  path: string,
  { settings = {}, health = {} }: { settings?: Partial<Hub['settings']>; health?: Record<string, string> },
): Promise<{ status: number; body: unknown }> {
  house = await openContractHub();
  const hub: Hub = { ...house.hub, settings: { ...house.hub.settings, ...settings } };
  const parts = {
    health: () => Promise.resolve(health),
    logOf: () => Promise.resolve(null),
    upkeep: {
      snapshot: () => ['{"schema":3,', '"users":[]}'],
      noteBackup: () => Promise.resolve(),
      runProbes: makeRunProbes([], house.hub.clock),
    },
    reload: () => Promise.resolve({ kind: 'taken' as const, changed: [], waiting: [] }),
    importHub: () => Promise.resolve({ applied: false, rows: [] }),
  };
  server = createServer(makeCounterApp(hub, parts).callback());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const answer = await request(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    method,
  });
  return { status: answer.statusCode, body: await answer.body.json() };
}

test('a hub for trials is well, and says that it is unsafe', async () => {
  const health = { hub: 'ok', 'sign-in': 'ok, but unsafe: one password opens every account' };
  expect(await ask('GET', '/health', { health })).toEqual({ status: 200, body: health });
});

test('a part that is not well makes the hub unwell', async () => {
  const health = { hub: 'ok', engine: 'The engine does not answer.' };
  expect(await ask('GET', '/health', { health })).toEqual({ status: 503, body: health });
});

test.each([
  ['the first administrator’s link', '/setup-link', 409],
  ['an invitation', '/invite/ana', 400],
])('%s is not made where its password could not be used', async (_, path, status) => {
  const answer = await ask('POST', path, { settings: { localAccounts: false } });
  expect(answer).toMatchObject({ status, body: { message: expect.stringContaining('local accounts') } });
});

test('the store is given piece by piece, and arrives as one document', async () => {
  expect(await ask('GET', '/snapshot', {})).toEqual({ status: 200, body: { schema: 3, users: [] } });
});

test.each([
  ['/audit?what=nonsense', /^HTTP-400 .*signed-in, refused/],
  ['/audit?limit=0', /from 1 to 1000/],
  ['/audit?limit=many', /from 1 to 1000/],
])('%s is refused with what would be right', async (path, message) => {
  expect(await ask('GET', path, {})).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(message) },
  });
});
