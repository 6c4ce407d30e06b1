import { expect, test } from 'vitest';
import { ownerOf } from './container-spec.ts';
import type { ContainerView } from './containers.ts';
import { forwarderOf, forwarderSpec, portsPath } from './port-forwarder.ts';

const settings = { instance: 'berth', baseUrl: '/jhub/', image: 'berth-proxy:latest' };
const id = 'c'.repeat(64);
const spec = forwarderSpec(
  settings,
  { user: 'ann@uni.edu', name: 'my gpu', containerId: id },
  { address: '172.18.0.5', port: 51_000, key: 'word' },
);
const view = (labels: Readonly<Record<string, string>>): ContainerView => ({
  id: 'f',
  name: spec.name,
  labels,
  image: spec.image,
  running: true,
  paused: false,
  removing: false,
  exitCode: null,
  outOfMemory: false,
  address: null,
  created: 0,
});

test('a forwarder is told whose server it is, where it listens, and its key', () => {
  expect(spec).toEqual({
    name: 'berth-ports-cccccccccccc',
    image: 'berth-proxy:latest',
    of: id,
    labels: {
      'org.berth.hub': 'berth',
      'org.berth.ports.user': 'ann@uni.edu',
      'org.berth.ports.server': 'my gpu',
      'org.berth.ports.of': id,
      'org.berth.ports.port': '51000',
    },
    environment: {
      PORTS_HOST: '172.18.0.5',
      PORTS_PORT: '51000',
      PORTS_PREFIX: '/jhub/user/ann@uni.edu/my gpu/',
      PORTS_OWNER: 'ann@uni.edu',
      PORTS_SERVER: 'my gpu',
      PORTS_KEY: 'word',
    },
  });
  expect(portsPath('/jhub/', { user: 'ann@uni.edu', name: 'my gpu' })).toBe(
    '/jhub/user/ann@uni.edu/my%20gpu/proxy/',
  );
});

test('a forwarder is known by its labels, and is nobody’s server', () => {
  const found = view(spec.labels);
  expect(forwarderOf(found, 'berth')).toEqual({
    user: 'ann@uni.edu',
    server: 'my gpu',
    of: id,
    port: 51_000,
  });
  expect(forwarderOf(found, 'another')).toBeNull();
  expect(ownerOf(found, 'berth')).toBeNull();
  const server = view({ 'org.berth.hub': 'berth', 'org.berth.user': 'a', 'org.berth.server': '' });
  expect(forwarderOf(server, 'berth')).toBeNull();
});
