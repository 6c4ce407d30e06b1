import { systemClock } from '../../hub/src/adapters/system/clock.ts';
import { readProfileList } from '../../hub/src/config/profiles/profile-list.ts';
import { newServer, type Server, serverKey } from '../../hub/src/domain/server.ts';
import { EVERY_ABILITY } from './abilities.ts';
import { SHARE_WORD } from './every-page.ts';
import { openPagesHouse, type PagesHouse } from './pages-house.ts';
import { machine, toyCluster } from './toy-cluster.ts';

const MINUTE = 60_000;
const GIB = 2 ** 30;

/**
 * A house with something on every page: ana's server runs and was measured, her second one is stopped; ben's has
 * failed; cho's is on its way. mary administers.
 */
export async function openBusyHouse(): Promise<PagesHouse> {
  const read = readProfileList(
    [
      { display_name: 'Small', description: 'One core, 2 GB.', default: true },
      { display_name: 'Large', description: 'Eight cores, 32 GB.', kubespawner_override: { cpu_limit: 8 } },
    ],
    '',
  );
  if (typeof read === 'string') throw new Error(read);
  const { book, desk } = toyCluster(systemClock, { abilities: EVERY_ABILITY });
  const house = await openPagesHouse({
    ...{ spawn: 'slow', namedServers: 3, profiles: read.profiles, machines: desk },
  });
  // One holds files and is away: its page has all that it may have.
  book.noteMachines([machine('lab-1', { manager: true }), machine('lab-2', { state: 'away' })]);
  await house.store.change((drafts) =>
    drafts.volumeHomes.put({ volume: 'v', machine: 'lab-2', machineName: 'lab-2', since: 1 }),
  );
  await house.addUser('mary', { admin: true, groups: ['tutors'] });
  for (const name of ['ana', 'ben', 'cho']) await house.addUser(name, { groups: ['class'] });
  await house.runServer('ana');
  await house.token('ana');
  await house.signIn('ben');
  await fillTables(house);
  measure(house, [serverKey('ana', '')]);
  return house;
}

async function fillTables(house: PagesHouse): Promise<void> {
  const now = house.hub.clock.now();
  const ana = house.store.servers.get('ana/');
  if (ana === undefined) throw new Error('ana has no server');
  const image = 'quay.io/jupyter/scipy-notebook:2026-11-02';
  const grant = { memory: 4 * GIB, cpus: 2, memoryGuarantee: GIB, cpuGuarantee: 0.5, gpus: [] };
  const failed: Server = {
    ...newServer('ben'),
    state: 'failed',
    image,
    failure: {
      at: now - MINUTE,
      code: 'SPAWN-120',
      facts: {},
      detail: '',
      exitCode: 1,
      outOfMemory: false,
      log: ['Permission denied'],
    },
  };
  await house.store.change((drafts) => {
    for (const name of ['class', 'tutors']) drafts.groups.put({ name, properties: {}, created: now });
    drafts.servers.put({ ...ana, image, grant, containerId: 'ana', started: now - 50 * MINUTE });
    drafts.servers.put({ ...newServer('ana', 'gpu'), image });
    drafts.servers.put(failed);
    drafts.servers.put({
      ...newServer('cho'),
      state: 'pulling',
      generation: 1,
      started: now - MINUTE,
      image,
    });
    // ana shares with ben, and a link of hers is still good; the walk knows its word.
    const shared = {
      owner: 'ana',
      server: '',
      scopes: ['access:servers!server=ana/'],
      created: now,
      by: 'ana',
    };
    drafts.shares.put({ ...shared, to: { kind: 'user', name: 'ben' }, expires: now + 60 * MINUTE });
    drafts.shares.put({ ...shared, to: { kind: 'group', name: 'tutors' }, expires: null });
    drafts.shareCodes.put({
      ...shared,
      hash: house.hub.digest(SHARE_WORD),
      id: 'sc_1',
      expires: now + 60 * MINUTE,
      shareExpires: null,
      exchangeCount: 1,
      lastExchanged: now,
    });
    drafts.departures.put({
      user: 'gone',
      at: now - MINUTE,
      why: 'lists',
      volumes: ['jupyterhub-user-gone'],
    });
  });
  house.hub.facts.tell({ kind: 'signed-in', user: 'ana', provider: 'local', address: '192.0.2.1' });
}

/** As if the engine had told of these for an hour. */
export function measure(house: PagesHouse, keys: readonly string[]): void {
  const containers = new Map(keys.map((key) => [key, house.store.servers.get(key)?.containerId ?? key]));
  house.usage.follow(containers);
  for (const [at, containerId] of [...containers.values()].entries()) {
    for (const look of [1, 2]) {
      const memory = GIB * (1 + (at % 5) * 0.4);
      house.usage.record({ containerId, at: look * 15_000, used: look * 4000, memory });
    }
  }
  const share = (total: number) => ({
    total,
    used: total * 0.6,
    servers: total * 0.4,
    committed: total * 1.5,
    unlimited: 1,
    guaranteed: total * 0.2,
  });
  house.usage.recordMachine({
    at: house.hub.clock.now(),
    memory: share(64 * GIB),
    cores: share(16),
    gpus: { total: 2, leased: 1 },
    running: keys.length,
  });
  house.usage.tell();
}
