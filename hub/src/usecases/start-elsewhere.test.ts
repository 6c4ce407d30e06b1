import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ContractHub, openContractHub } from '../../../test/support/contract-hub.ts';
import { toyCluster } from '../../../test/support/toy-cluster.ts';
import { type Moved, newServer } from '../domain/server.ts';
import { NOBODY } from '../domain/sign-in-settings.ts';
import { Lives } from './lives.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import { startElsewhere } from './start-elsewhere.ts';
import type { StartRequest } from './start-server.ts';

let house: ContractHub;
beforeEach(async () => {
  house = await openContractHub();
  await house.addUser('ana');
  const stopReason = { at: Date.now(), why: 'away', detail: 'the machine lab-1 went away' } as const;
  await house.store.change((drafts) => drafts.servers.put({ ...newServer('ana'), stopReason }));
});
afterEach(() => house.close());

/** What was asked for once ana's server has lost its machine. */
async function asked({ movable = true, allowed = true, before = null as Moved | null } = {}) {
  const { store, hub } = house;
  const requests: StartRequest[] = [];
  const warnings: string[] = [];
  const { cluster } = toyCluster(hub.clock, { movable });
  const ports = {
    ...{ store, facts: hub.facts, clock: hub.clock, cluster, lives: new Lives(() => {}) },
    log: { ...hub.log, warn: (_: unknown, words: string) => void warnings.push(words) },
    admission: () => ({
      settings: { ...NOBODY, allowAll: true, blockedUsers: allowed ? [] : ['ana'] },
      userlist: new Map(),
    }),
  };
  startElsewhere(ports as unknown as SpawnPorts, async (request) => {
    requests.push(request);
    const server = store.servers.get('ana/');
    if (server === undefined) throw new Error('ana has no server');
    return server;
  });
  const options = { profile: 'large' };
  hub.facts.tell({
    kind: 'left-machine',
    user: 'ana',
    server: '',
    options,
    why: 'away',
    from: 'lab-1',
    before,
  });
  await new Promise((resolve) => setImmediate(resolve));
  return { requests, warnings };
}

it('starts it with the options that it had, and says from where it comes', async () => {
  const { requests } = await asked();
  expect(requests).toMatchObject([
    {
      user: 'ana',
      server: '',
      options: { profile: 'large' },
      by: 'hub',
      moved: { from: 'lab-1', why: 'away' },
    },
  ]);
});

it.each([
  ['files cannot move', { movable: false }],
  ['its owner may not come in any more', { allowed: false }],
])('does not when %s', async (_when, more) => {
  expect((await asked(more)).requests).toEqual([]);
});

it('does not when somebody has started it meanwhile', async () => {
  await house.runServer('ana');
  expect((await asked()).requests).toEqual([]);
});

it('moves it once: one that loses two machines within minutes stays, and that is told', async () => {
  const lately: Moved = { at: Date.now() - 60_000, from: 'lab-0', why: 'away' };
  const again = await asked({ before: lately });
  expect(again.requests).toEqual([]);
  expect(again.warnings).toEqual([expect.stringContaining('lost a second machine within minutes')]);
  const longAgo: Moved = { ...lately, at: Date.now() - 3_600_000 };
  expect((await asked({ before: longAgo })).requests).toHaveLength(1);
});
