import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeContainers } from '../../hub/src/adapters/docker/containers.ts';
import { Engine } from '../../hub/src/adapters/docker/engine.ts';
import type { Containers, PullProgress } from '../../hub/src/domain/containers.ts';
import { Dock } from './dock.ts';
import { type Mood, openRegistry, type SmallRegistry } from './small-registry.ts';

// The engine is real and downloads for real; only the far end is ours, so that it can be as bad as needed.
let registry: SmallRegistry;
let containers: Containers;
let dock: Dock;
const silence = { info: () => {}, warn: () => {}, error: () => {} };

beforeAll(async () => {
  dock = await Dock.open();
  registry = await openRegistry();
  containers = makeContainers(new Engine('/var/run/docker.sock'), dock.name, silence);
});
afterAll(async () => {
  await registry.close();
  await dock.close();
});

const pull = (mood: Mood, signal = AbortSignal.timeout(20_000), report = (_: PullProgress) => {}) =>
  containers.ensureImage(registry.reference(mood), report, signal);

test.each([
  ['unknown', 'SPAWN-101'],
  ['denies', 'SPAWN-102'],
  ['other-machine', 'SPAWN-103'],
] as const)('a registry that %s an image: %s', async (mood, code) => {
  await expect(pull(mood)).rejects.toMatchObject({ code, facts: { image: registry.reference(mood) } });
});

test('no registry in reach is not the same as no such image', async () => {
  const asked = containers.ensureImage('127.0.0.1:9/nobody:1', () => {}, AbortSignal.timeout(20_000));
  await expect(asked).rejects.toMatchObject({ code: 'SPAWN-105' });
});

test('a registry that never answers is left when the deadline says so', async () => {
  const stop = new AbortController();
  const asked = pull('silent', stop.signal);
  setTimeout(() => stop.abort(new Error('late')), 300);
  await expect(asked).rejects.toThrow('late');
});

test('two who want one image share the download and both see its bytes; then it is here', async () => {
  const image = registry.reference('serves');
  const seen: PullProgress[][] = [[], []];
  const before = registry.layerRequests;
  await Promise.all(
    seen.map((mine) => containers.ensureImage(image, (one) => mine.push(one), AbortSignal.timeout(20_000))),
  );
  try {
    expect(registry.layerRequests - before).toBe(1);
    for (const mine of seen) {
      const halfway = mine.filter(({ done, total }) => done > 0 && done < total);
      expect(halfway.length).toBeGreaterThan(0);
      expect(Math.max(...mine.map(({ total }) => total))).toBeGreaterThan(1_900_000);
      const bytes = mine.map(({ done }) => done);
      expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    }
    await containers.ensureImage(image, () => {}, AbortSignal.timeout(5_000));
    expect(registry.layerRequests - before).toBe(1);
  } finally {
    await dock.docker.getImage(image).remove();
  }
});

test('one who gives up does not take the download from the others', async () => {
  const image = registry.reference('serves');
  const impatient = new AbortController();
  const given = containers.ensureImage(image, () => impatient.abort(new Error('bored')), impatient.signal);
  const patient = containers.ensureImage(image, () => {}, AbortSignal.timeout(20_000));
  await expect(given).rejects.toThrow('bored');
  await patient;
  await dock.docker.getImage(image).remove();
});

test('after the last has given up, the next one begins anew and gets the image', async () => {
  const image = registry.reference('serves');
  const impatient = new AbortController();
  const given = containers.ensureImage(image, () => impatient.abort(new Error('bored')), impatient.signal);
  await expect(given).rejects.toThrow('bored');
  await containers.ensureImage(image, () => {}, AbortSignal.timeout(20_000));
  await dock.docker.getImage(image).remove();
});
