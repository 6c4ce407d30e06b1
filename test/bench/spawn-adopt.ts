import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { request } from 'undici';
import { makeProxyRoutes } from '../../hub/src/adapters/proxy/proxy-routes.ts';
import { eachOf } from '../../hub/src/usecases/each-of.ts';
import { RunningHub } from '../integration/running-hub.ts';
import type { Written } from '../soak/soak-agreement.ts';
import { buildStandInNotebook, STAND_IN_NOTEBOOK } from '../support/stand-in-notebook.ts';
import { builtHub } from './built-hub.ts';
import { claim, median, say } from './proxy-figures.ts';

const AT_ONCE = 8;

/** A hub that comes back to many running servers, then to many records; killed each time, as by a power cut. */
export async function measureAdoption(rounds: number, servers: number, records: number): Promise<void> {
  const hub = await RunningHub.open({
    main: builtHub(),
    settings: {
      DOCKER_NOTEBOOK_IMAGE: STAND_IN_NOTEBOOK,
      CULL_ENABLED: 'false',
      CONCURRENT_SPAWN_LIMIT: `${AT_ONCE}`,
      MEM_LIMIT: '64M',
    },
  });
  try {
    await buildStandInNotebook(hub.dock.docker);
    await fill(hub, servers);
    const kept = await restarts(hub, rounds, async () => {});
    await checkAll(hub, servers);
    claim(`${servers} containers adopted after a restart of the hub, seconds`, median(kept), '<=', 3);
    const lost = await restarts(hub, rounds, () => hub.proxy.restart('SIGKILL'));
    await checkAll(hub, servers);
    claim(`${servers} containers adopted after a restart of hub and proxy, seconds`, median(lost), '<=', 3);
    await hub.end('SIGKILL');
    await addRecords(hub, records - servers);
    await hub.start();
    const many = await restarts(hub, rounds, async () => {});
    await checkAll(hub, servers);
    claim(`${records} records of servers, ${servers} of them running, seconds`, median(many), '<=', 5);
  } finally {
    // Without a hub that looks after them; and one after the other takes minutes.
    await hub.end('SIGKILL');
    await eachOf(await hub.dock.containers(), AT_ONCE, ({ Id }) =>
      hub.dock.docker.getContainer(Id).remove({ force: true }),
    );
    await hub.close();
  }
}

const nameOf = (hub: RunningHub, index: number): string => `p${index}-${hub.dock.word}`;

async function fill(hub: RunningHub, servers: number): Promise<void> {
  const began = performance.now();
  const names = Array.from({ length: servers }, (_, index) => nameOf(hub, index));
  await eachOf(names, AT_ONCE, async (name) => {
    await hub.api('POST', `/users/${name}`);
    await hub.startServer(name, {}, 120_000);
  });
  say(`  ${servers} servers started in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}

/** Seconds from the process's start until it is open: by then it has looked at everything. */
async function restarts(
  hub: RunningHub,
  rounds: number,
  meanwhile: () => Promise<void>,
): Promise<readonly number[]> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await hub.end('SIGKILL');
    await meanwhile();
    const began = performance.now();
    await hub.start();
    took.push((performance.now() - began) / 1000);
  }
  say(`  ${took.map((seconds) => seconds.toFixed(2)).join(', ')} s`);
  return took;
}

/** @throws Error when store, engine and routes do not agree about all of them, or one does not answer a visitor. */
async function checkAll(hub: RunningHub, servers: number): Promise<void> {
  const running = new Set(
    (await hub.dock.containers()).filter(({ State }) => State === 'running').map(({ Id }) => Id),
  );
  const ready = (await readStore(hub)).servers.filter(({ state }) => state === 'ready');
  const routes = new Map(
    (await makeProxyRoutes(hub.proxy.door).list()).map(({ path, target }) => [path, target]),
  );
  const wrong = ready.filter(
    ({ user, containerId, target }) =>
      !running.has(containerId ?? '') || routes.get(`/user/${user}/`) !== target || target === null,
  );
  if (ready.length !== servers || running.size !== servers || wrong.length > 0) {
    throw new Error(
      `${ready.length} are ready, ${running.size} containers run, ${wrong.length} do not agree`,
    );
  }
  await eachOf(ready, AT_ONCE, async ({ user }) => {
    const answer = await request(`${hub.proxy.url}/user/${user}/api`);
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`${user} answers ${answer.statusCode}`);
  });
}

const storeOf = (hub: RunningHub): string => join(hub.directory, 'berth.json');

async function readStore(hub: RunningHub): Promise<Written> {
  return JSON.parse(await readFile(storeOf(hub), 'utf8')) as Written;
}

/** People whose server ran once and does not now. */
async function addRecords(hub: RunningHub, more: number): Promise<void> {
  const written = (await readStore(hub)) as Written & {
    readonly users: readonly { readonly name: string }[];
  };
  const [server] = written.servers;
  const user = written.users.find(({ name }) => name === server?.user);
  if (server === undefined || user === undefined) throw new Error('there is nobody to take after');
  const names = Array.from({ length: more }, (_, index) => `gone${index}-${hub.dock.word}`);
  const gone = { state: 'stopped', containerId: null, containerName: null, target: null, started: null };
  const whole = {
    ...written,
    users: [...written.users, ...names.map((name) => ({ ...user, name }))],
    servers: [
      ...written.servers,
      ...names.map((name) => ({ ...server, ...gone, user: name, volumeName: `${hub.dock.name}-${name}` })),
    ],
  };
  await writeFile(storeOf(hub), JSON.stringify(whole), { mode: 0o600 });
}
