import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newServer } from '../../domain/server.ts';
import { newUser } from '../../domain/user.ts';
import { openJsonStore } from './json-store.ts';
import { emptyDocument, SCHEMA_VERSION } from './schema.ts';

test('a store of schema 3 gets tables for shares, its servers are notebooks, it loses nothing, and is kept as it was beside the new one', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'berth-migrate-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, 'berth.json');
  const { shares: _, shareCodes: __, volumeHomes: ____, ...of3 } = emptyDocument();
  const { web: ___, moved: _____, ...serverOf3 } = newServer('alice');
  const before = JSON.stringify({ ...of3, schema: 3, users: [newUser('alice', 1)], servers: [serverOf3] });
  await writeFile(path, before);

  const store = await openJsonStore(path);
  expect(store.users.get('alice')).toEqual(newUser('alice', 1));
  expect(store.servers.get('alice/')).toEqual(newServer('alice'));
  expect([store.shares.size, store.shareCodes.size]).toEqual([0, 0]);
  await store.close();

  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ schema: SCHEMA_VERSION, shares: [] });
  const others = (await readdir(directory)).filter((name) => name !== 'berth.json');
  const kept = await Promise.all(others.map((name) => readFile(join(directory, name), 'utf8')));
  expect(kept).toContain(before);
});

test('a store of schema 4, of one machine, knows of no volume where it lies and of no server that was moved', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'berth-migrate-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, 'berth.json');
  const { volumeHomes: _, ...of4 } = emptyDocument();
  const { moved: __, ...serverOf4 } = { ...newServer('alice'), volumeName: 'jupyterhub-user-alice' };
  await writeFile(path, JSON.stringify({ ...of4, schema: 4, servers: [serverOf4] }));

  const store = await openJsonStore(path);
  expect(store.servers.get('alice/')).toEqual({ ...newServer('alice'), volumeName: 'jupyterhub-user-alice' });
  expect(store.volumeHomes.size).toBe(0);
  await store.close();
});
