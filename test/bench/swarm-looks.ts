import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../hub/src/adapters/docker/engine.ts';
import { SwarmApi } from '../../hub/src/adapters/docker/swarm/swarm-api.ts';
import { changesBetween, lookAround } from '../../hub/src/adapters/docker/swarm/swarm-sight.ts';
import { openJsonStore } from '../../hub/src/adapters/store/json-store.ts';
import { newServer } from '../../hub/src/domain/server.ts';
import { median } from './proxy-figures.ts';

export interface LookCost {
  /** Of the hub's one thread, a look. */
  readonly cpuMs: number;
  /** From the question to the answer that was read, with an engine that has it ready. */
  readonly wallMs: number;
  readonly megabytes: number;
}

/** What the hub's look at a Swarm costs it: the real adapter against answers of an engine with so many machines and servers. */
export async function measureLook(machines: number, servers: number, rounds: number): Promise<LookCost> {
  const folder = await mkdtemp(join(tmpdir(), 'berth-looks-'));
  const socket = join(folder, 'engine.sock');
  const words = [join(import.meta.dirname, 'swarm-engine.ts'), socket, `${machines}`, `${servers}`];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [told] = (await once(child.stdout, 'data', { signal: AbortSignal.timeout(60_000) })) as [Buffer];
    const api = new SwarmApi(new Engine(socket, { look: 60_000, work: 60_000 }));
    const look = () => lookAround(api, 'berth', 'notebooks');
    let before = await look();
    if (before.views.size !== servers || before.machines.size !== machines)
      throw new Error('the look missed some');
    const cpu: number[] = [];
    const wall: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [used, begun] = [process.cpuUsage(), performance.now()];
      const after = await look();
      const changes = changesBetween(before, after);
      if (changes.length > 0) throw new Error('nothing has changed');
      before = after;
      const { user, system } = process.cpuUsage(used);
      cpu.push((user + system) / 1000);
      wall.push(performance.now() - begun);
    }
    return { cpuMs: median(cpu), wallMs: median(wall), megabytes: Number(told.toString()) / 1e6 };
  } finally {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

/** Megabytes of the store with as many people, each with a server, and milliseconds of one change of it. */
export async function measureStore(servers: number): Promise<{ megabytes: number; changeMs: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'berth-store-'));
  const path = join(folder, 'berth.json');
  try {
    const store = await openJsonStore(path);
    const now = Date.now();
    await store.change((drafts) => {
      for (let at = 0; at < servers; at += 1) {
        const name = `person${at}`;
        const times = { created: now, lastActivity: now };
        drafts.users.put({ name, admin: false, groups: [], identities: {}, invited: true, ...times });
        drafts.servers.put({ ...newServer(name), state: 'ready', started: now, containerId: 'c'.repeat(25) });
      }
    });
    const took: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const begun = performance.now();
      await store.change((drafts) =>
        drafts.servers.put({ ...newServer('person0'), lastActivity: now + round }),
      );
      took.push(performance.now() - begun);
    }
    await store.close();
    return { megabytes: (await stat(path)).size / 1e6, changeMs: median(took) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
