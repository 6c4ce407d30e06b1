import { expect, test } from 'vitest';
import { makeTables } from '../adapters/store/tables.ts';
import { systemClock } from '../adapters/system/clock.ts';
import { newServer } from '../domain/server.ts';
import type { QuotaAction } from '../domain/storage-quota.ts';
import type { Store } from '../domain/store.ts';
import type { Volumes } from '../domain/volumes.ts';
import { guardStart } from './guard-start.ts';
import type { StoragePorts } from './storage-ports.ts';
import { VolumeHolds } from './volume-holds.ts';
import { VolumeSizes } from './volume-sizes.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };

function house(action: QuotaAction) {
  let size = 200;
  let measured = 0;
  const store = makeTables() as unknown as Store & ReturnType<typeof makeTables>;
  store.servers.put({ ...newServer('ana'), volumeName: 'v' });
  const volumes = {
    sizes: () => {
      measured += 1;
      return Promise.resolve(new Map([['v', size]]));
    },
  } as unknown as Volumes;
  const clock = { ...systemClock, at: 1_000_000, now: () => clock.at };
  const sizes = new VolumeSizes({ volumes, clock, log: silent }, new AbortController().signal);
  const holds = new VolumeHolds();
  const quota = { bytes: 100, action };
  const ports = { store, sizes, quota, holds } as unknown as StoragePorts;
  const start = guardStart(ports, () => Promise.resolve(newServer('ana')));
  return {
    holds,
    clock,
    start: () => start({ user: 'ana', server: '', options: {}, by: 'ana' }),
    clean: () => {
      size = 50;
    },
    measured: () => measured,
  };
}

test('too many files refuse a start, also when nothing was measured before, until there are fewer', async () => {
  const { start, clean, clock } = house('refuse');
  await expect(start()).rejects.toMatchObject({ code: 'STORAGE-001' });
  clean();
  clock.at += 20_000;
  await expect(start()).resolves.toMatchObject({ user: 'ana' });
});

test('where they are only warned of, no start waits for a measurement', async () => {
  const { start, measured } = house('warn');
  await start();
  expect(measured()).toBe(0);
});

test('a volume that is being restored or deleted is started upon by nobody, and afterwards by anybody', async () => {
  const { start, holds } = house('warn');
  const letGo = holds.hold('v', 'restored');
  await expect(start()).rejects.toMatchObject({ code: 'VOLUME-002' });
  expect(() => holds.hold('v', 'deleted')).toThrow(/being restored/);
  letGo();
  await start();
});
