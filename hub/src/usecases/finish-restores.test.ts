import { expect, test } from 'vitest';
import { LABEL } from '../domain/container-spec.ts';
import { Problem } from '../domain/problem.ts';
import { isRestoreMarker, markerLabels } from '../domain/unfinished-restore.ts';
import type { Volumes } from '../domain/volumes.ts';
import { makeRestores } from './finish-restores.ts';
import { VolumeHolds } from './volume-holds.ts';

const PERSON = { [LABEL.hub]: 'here', [LABEL.user]: 'ana' };
const TOP = { uid: 1000, gid: 100, mode: 0o2770 };
const RESTORE = { marker: 'm', volume: 'v', kept: 'k', labels: PERSON, top: TOP };

interface Toy {
  labels: Readonly<Record<string, string>>;
  files: string;
  top?: unknown;
}

/** The engine's volumes in memory; `fault` says at which call of which volume it breaks off. */
function engine() {
  const there = new Map<string, Toy>([
    ['v', { labels: PERSON, files: 'old' }],
    ['k', { labels: PERSON, files: 'new' }],
  ]);
  const state = { there, fault: '', away: false };
  const step = (call: string, name: string) => {
    if (state.away) throw new Problem('SPAWN-150', { detail: 'away' });
    if (state.fault === `${call} ${name}`) throw new Error(`broken at ${state.fault}`);
  };
  const one = (name: string): Toy => {
    const found = there.get(name);
    if (found === undefined) throw new Error(`no volume ${name}`);
    return found;
  };
  const view = ([name, { labels }]: [string, Toy]) => ({ name, driver: 'local', labels, created: null });
  const volumes = {
    tidy: async () => step('tidy', ''),
    list: async () => {
      step('list', '');
      return [...there].map(view);
    },
    find: async (name: string) => {
      step('find', name);
      const found = there.get(name);
      return found === undefined ? null : view([name, found]);
    },
    create: async ({ name, labels }: { name: string; labels: Toy['labels'] }) => {
      step('create', name);
      there.set(name, { labels, files: '' });
    },
    remove: async (name: string) => {
      step('remove', name);
      there.delete(name);
    },
    async *read(name: string) {
      yield Buffer.from(one(name).files);
    },
    write: async (name: string, archive: AsyncIterable<Uint8Array>) => {
      for await (const piece of archive) {
        one(name).files += String(piece).slice(0, 1);
        step('write', name);
        one(name).files += String(piece).slice(1);
      }
      return null;
    },
    grant: async (name: string, top: unknown) => {
      step('grant', name);
      one(name).top = top;
    },
  } as unknown as Volumes;
  const hub = () => {
    const holds = new VolumeHolds();
    const errors: unknown[] = [];
    const log = { info: () => {}, warn: () => {}, error: (of: unknown) => void errors.push(of) };
    const quota = { bytes: null, action: 'warn' as const };
    const ports = { volumes, holds, quota, instance: 'here', log };
    return { holds, errors, restores: makeRestores(ports, new AbortController().signal) };
  };
  return { state, hub };
}

const STEPS = ['find k', 'remove v', 'create v', 'write v', 'grant v', 'remove k', 'remove m'];

test.each(STEPS)(
  'a restore cut off at "%s" is finished by the next hub, and nobody starts before',
  async (fault) => {
    const { state, hub } = engine();
    state.fault = fault;
    await expect(hub().restores.carryOut(RESTORE)).rejects.toMatchObject({ code: 'VOLUME-005' });
    const failing = hub();
    await failing.restores.known();
    expect(() => failing.holds.check('v')).toThrow(/being restored/);
    await expect.poll(() => failing.errors).toEqual([expect.objectContaining({ code: 'VOLUME-005' })]);
    expect(() => failing.holds.check('v')).toThrow(/being restored/);
    state.fault = '';
    const next = hub();
    await next.restores.known();
    await expect.poll(() => next.holds.doing('v')).toBeNull();
    expect([...state.there]).toEqual([['v', { labels: PERSON, files: 'new', top: TOP }]]);
    expect(next.holds.doing('k')).toBeNull();
  },
);

test('the hub in which it failed holds the volume, tries again and lets go', async () => {
  const { state, hub } = engine();
  const { restores, holds } = hub();
  const caller = holds.hold('v', 'restored');
  state.fault = 'write v';
  await expect(restores.carryOut(RESTORE)).rejects.toMatchObject({ code: 'VOLUME-005' });
  caller();
  expect(() => holds.check('v')).toThrow(/being restored/);
  await restores.known();
  expect(() => holds.check('v')).toThrow(/being restored/);
  await expect.poll(() => state.there.get('v')?.files).toBe('n');
  state.fault = '';
  await expect
    .poll(async () => {
      await restores.goOn();
      return holds.doing('v');
    })
    .toBeNull();
  expect(state.there.get('v')?.files).toBe('new');
});

test('an upload that broke off has no marker, and what it replaces stays as it is', async () => {
  const { state, hub } = engine();
  const { restores, holds } = hub();
  await restores.known();
  await restores.goOn();
  expect(holds.doing('v')).toBeNull();
  expect(state.there.get('v')?.files).toBe('old');
  expect(state.there.has('k')).toBe(true);
});

test('a restore that could not begin changes nothing and holds nothing', async () => {
  const { state, hub } = engine();
  const { restores, holds } = hub();
  state.fault = 'create m';
  await expect(restores.carryOut(RESTORE)).rejects.toThrow('broken at create m');
  state.fault = '';
  await restores.known();
  expect([holds.doing('v'), state.there.get('v')?.files]).toEqual([null, 'old']);
});

test('a marker whose kept volume is gone touches no files and goes', async () => {
  const { state, hub } = engine();
  state.there.delete('k');
  state.there.set('m', { labels: markerLabels(RESTORE), files: '' });
  const { restores, holds } = hub();
  await restores.known();
  await expect.poll(() => holds.doing('v')).toBeNull();
  expect([...state.there]).toEqual([['v', { labels: PERSON, files: 'old' }]]);
});

test('an administrator who removes the marker gives the restore up', async () => {
  const { state, hub } = engine();
  const { restores, holds } = hub();
  state.fault = 'write v';
  await expect(restores.carryOut(RESTORE)).rejects.toMatchObject({ code: 'VOLUME-005' });
  await restores.known();
  state.there.delete('m');
  await expect
    .poll(async () => {
      await restores.goOn();
      return holds.doing('v');
    })
    .toBeNull();
  expect(state.there.has('k')).toBe(true);
});

test('while the engine cannot be asked nobody knows, and the next one who asks is told', async () => {
  const { state, hub } = engine();
  state.there.set('m', { labels: markerLabels(RESTORE), files: '' });
  const { restores, holds } = hub();
  state.away = true;
  await expect(restores.known()).rejects.toMatchObject({ code: 'SPAWN-150' });
  state.away = false;
  state.fault = 'write v';
  await restores.known();
  expect(holds.doing('v')).toBe('restored');
});

test('another hub’s marker is not ours to finish', async () => {
  const { state, hub } = engine();
  state.there.set('m', { labels: { ...markerLabels(RESTORE), [LABEL.hub]: 'there' }, files: '' });
  const { restores, holds } = hub();
  await restores.known();
  expect([holds.doing('v'), state.there.get('v')?.files]).toEqual([null, 'old']);
  expect(isRestoreMarker({ labels: PERSON })).toBe(false);
});
