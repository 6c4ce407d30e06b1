import { expect, test } from 'vitest';
import { forwarderSpec } from '../../../domain/port-forwarder.ts';
import { forwarderBody } from '../forwarders.ts';
import { readContainerBody } from './container-body.ts';
import type { GatePolicy } from './policy.ts';

const nothing = new Set<string>();
const policy: GatePolicy = {
  instance: 'berth',
  network: 'notebooks',
  rootAllowed: false,
  gpus: nothing,
  devices: nothing,
  groups: nothing,
  forwarderImage: 'berth-proxy:latest',
  allowsImage: () => false,
  allowsBind: () => false,
  namesVolume: () => false,
};
const of = 'c'.repeat(64);
const spec = forwarderSpec(
  { instance: 'berth', baseUrl: '/', image: 'berth-proxy:latest' },
  { user: 'alice', name: '', containerId: of },
  { address: '172.18.0.5', port: 51_000, key: 'word' },
);
const asMade = forwarderBody(spec);
const host = asMade.HostConfig ?? {};

test('a forwarder passes as the hub makes it, and whose network it shares is asked', () => {
  const { name: _, ...rest } = asMade;
  const read = readContainerBody(asMade, policy);
  expect(JSON.parse(read.body)).toEqual(rest);
  expect(read).toMatchObject({ image: null, volumes: [], shares: of });
});

test.each([
  ['another image', { ...asMade, Image: 'evil' }],
  ['another command', { ...asMade, Cmd: ['sh', '-c', 'x'] }],
  ['a command beside it', { ...asMade, Cmd: [...(asMade.Cmd ?? []), '--inspect'] }],
  ['somebody', { ...asMade, User: '0:0' }],
  ['a variable of Node', { ...asMade, Env: ['NODE_OPTIONS=--require /x'] }],
  ['the machine’s network', { ...asMade, HostConfig: { ...host, NetworkMode: 'host' } }],
  ['a network by name', { ...asMade, HostConfig: { ...host, NetworkMode: 'container:hub' } }],
  ['a volume', { ...asMade, HostConfig: { ...host, Mounts: [{ Type: 'bind', Source: '/', Target: '/x' }] } }],
  ['its processes', { ...asMade, HostConfig: { ...host, PidMode: `container:${of}` } }],
  ['a root that can be written', { ...asMade, HostConfig: { ...host, ReadonlyRootfs: false } }],
  ['another hub’s label', { ...asMade, Labels: { ...spec.labels, 'org.berth.hub': 'another' } }],
])('a forwarder with %s does not pass', (_, body) => {
  expect(() => readContainerBody(body, policy)).toThrow(expect.objectContaining({ status: 403 }));
});

test('without a configured image none passes', () => {
  expect(() => readContainerBody(asMade, { ...policy, forwarderImage: null })).toThrow(
    expect.objectContaining({ status: 403 }),
  );
});
