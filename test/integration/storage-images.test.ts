// Issue "Spawning", images: fetched before anybody waits, checked against their registry, and said to be here or not.
// Real downloads from a small registry on loopback.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningHub } from './running-hub.ts';
import { openRegistry, type SmallRegistry } from './small-registry.ts';
import { openStorageHub, SMALL, tokenOfUser } from './storage-hub.ts';

let hub: RunningHub;
let registry: SmallRegistry;
let image: string;

const profile = (name: string, reference: string) => ({
  display_name: name,
  kubespawner_override: { image: reference },
});

beforeAll(async () => {
  registry = await openRegistry();
  image = registry.reference('serves');
  hub = await openStorageHub();
  await hub.end();
  const profiles = [
    SMALL,
    profile('Small registry', image),
    profile('Nowhere', registry.reference('unknown')),
  ];
  await hub.start({ PROFILES: JSON.stringify(profiles), PRE_PULL_AT_START: 'true' });
});

afterAll(async () => {
  await hub?.dock.docker
    .getImage(image)
    .remove({ force: true })
    .catch(() => {});
  await hub?.close();
  await registry?.close();
});

type Row = Readonly<Record<string, unknown>>;
const row = async (reference = image): Promise<Row | undefined> =>
  ((await hub.api('GET', '/berth/images')).json as Row[]).find((one) => one.image === reference);

test('an image of a profile is fetched when the hub starts, and one that cannot be had is told and holds up nobody', async () => {
  await expect.poll(async () => (await row())?.here, { timeout: 60_000 }).toBe(true);
  expect(registry.layerRequests).toBe(1);
  await expect
    .poll(async () => (await row(registry.reference('unknown')))?.trouble, { timeout: 60_000 })
    .toContain('SPAWN-101');
  await expect.poll(() => hub.log, { timeout: 10_000 }).toContain('an image could not be fetched ahead');
  await hub.startServer();
});

test('the list says what uses an image and how many servers run with it', async () => {
  expect(await row(SMALL.kubespawner_override.image)).toMatchObject({
    used_by: ['Small'],
    servers: 1,
    here: true,
    state: 'unknown',
  });
  expect(await row()).toMatchObject({ used_by: ['Small registry'], servers: 0, size: expect.any(Number) });
});

test('a newer image in the registry is found when asked, and fetched when told', async () => {
  const check = () => hub.api('POST', '/berth/images/check', { image });
  expect((await check()).json).toEqual({ image, state: 'current' });
  registry.renew();
  expect((await check()).json).toEqual({ image, state: 'newer' });
  expect(await row()).toMatchObject({ state: 'newer', checked: expect.any(String) });
  expect((await hub.api('POST', '/berth/images/pull', { image })).status).toBe(202);
  await expect.poll(async () => (await row())?.state, { timeout: 60_000 }).toBe('current');
  expect((await check()).json).toEqual({ image, state: 'current' });
});

test('only administrators ask, and only about images that are named here', async () => {
  const token = await tokenOfUser(hub, hub.alice);
  expect((await hub.api('GET', '/berth/images', undefined, token)).status).toBe(403);
  expect((await hub.api('POST', '/berth/images/pull', { image }, token)).status).toBe(403);
  for (const path of ['/berth/images/pull', '/berth/images/check']) {
    expect(await hub.api('POST', path, { image: 'somebody/else:1' })).toMatchObject({
      status: 400,
      json: { code: 'IMAGE-001' },
    });
    expect((await hub.api('POST', path, {})).status).toBe(400);
  }
});
