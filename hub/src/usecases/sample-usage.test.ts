import { expect, it } from 'vitest';
import type { UsageReading } from '../domain/containers.ts';
import type { Log } from '../domain/ports.ts';
import { newServer, type Server, serverKey } from '../domain/server.ts';
import { makeSampleUsage, recordReadings } from './sample-usage.ts';
import { UsageBook } from './usage-book.ts';

const GRANT = { memory: 400, cpus: 2, memoryGuarantee: 100, cpuGuarantee: 0.5, gpus: ['0'] };

/** `readings` answers for the engine. */
function room(servers: readonly Server[], readings: (id: string) => Promise<UsageReading | null>) {
  let now = 3_600_000;
  const warned: string[] = [];
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const log: Log = { info: () => {}, warn: (_, message) => warned.push(message), error: () => {} };
  const usage = new UsageBook(15_000, clock);
  const asked: string[] = [];
  const readUsage = recordReadings(
    {
      readUsage: (id) => {
        asked.push(id);
        return readings(id);
      },
    },
    usage,
  );
  const table = new Map(servers.map((server) => [serverKey(server.user, server.name), server]));
  const sample = makeSampleUsage(
    {
      tables: {
        servers: {
          size: table.size,
          get: (key) => table.get(key),
          values: () => table.values(),
          where: () => [],
        },
      },
      containers: { readUsage },
      machine: {
        load: async () => ({ memory: { total: 1000, used: 700 }, cores: { total: 4, used: 1.5 } }),
      },
      gpus: [{ id: '0', shares: 2 }],
      clock,
      log,
    },
    usage,
  );
  return { usage, asked, warned, sample, readUsage, pass: (ms: number) => (now += ms) };
}

const running = (user: string, containerId: string, grant: Server['grant'] = GRANT): Server => ({
  ...newServer(user),
  state: 'ready',
  containerId,
  grant,
});
const reading = (containerId: string, memory = 50): UsageReading => ({ containerId, at: 1, used: 1, memory });

it('reads each running container once, and none that the culler has read just now', async () => {
  const house = room([running('ana', 'a'), running('ben', 'b'), newServer('eve')], async (id) => reading(id));
  await house.sample();
  expect(house.asked).toEqual(['a', 'b']);
  house.pass(15_000);
  await house.readUsage('b', new AbortController().signal);
  await house.sample();
  expect(house.asked).toEqual(['a', 'b', 'b', 'a']);
});

it('tells of the machine what was promised, guaranteed and is in use', async () => {
  const house = room(
    [running('ana', 'a'), running('ben', 'b', { ...GRANT, memory: null, gpus: [] })],
    async (id) => reading(id),
  );
  await house.sample();
  expect(house.usage.machine()).toMatchObject({
    memory: { total: 1000, used: 700, servers: 100, committed: 400, unlimited: 1, guaranteed: 200 },
    cores: { total: 4, used: 1.5, committed: 4, guaranteed: 1 },
    gpus: { total: 2, leased: 1 },
    running: 2,
  });
});

it('goes on when the engine is silent, says so once, and never overlaps', async () => {
  const house = room([running('ana', 'a')], () => Promise.reject(new Error('silent')));
  const heard: number[] = [];
  house.usage.listen(() => heard.push(1));
  await Promise.all([house.sample(), house.sample()]);
  await house.sample();
  expect(house.warned).toEqual(['the engine does not tell what servers use']);
  expect(heard).toHaveLength(2);
  expect(house.usage.of('ana/')).toBeNull();
});

it('reads on when the clock was put back: what was read then is not of this moment', async () => {
  const server: Server = { ...newServer('ana'), state: 'ready', containerId: 'c1', grant: GRANT };
  const { asked, sample, pass } = room([server], async (id) => reading(id));
  await sample();
  pass(-3 * 3_600_000);
  await sample();
  expect(asked).toEqual(['c1', 'c1']);
});
