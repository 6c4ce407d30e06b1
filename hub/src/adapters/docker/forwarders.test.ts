import { expect, test } from 'vitest';
import { forwarderBody } from './forwarders.ts';

test('a forwarder has the notebook’s network, and nothing else of anybody', () => {
  const of = 'c'.repeat(64);
  const spec = {
    name: 'berth-ports-x',
    image: 'berth-proxy',
    of,
    labels: { a: 'b' },
    environment: { K: 'v' },
  };
  expect(forwarderBody(spec)).toEqual({
    name: 'berth-ports-x',
    Image: 'berth-proxy',
    Entrypoint: [''],
    Cmd: ['node', '--max-old-space-size=64', 'dist/proxy/src/ports/main.js'],
    User: '65534:65534',
    Env: ['K=v'],
    Labels: { a: 'b' },
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: `container:${of}`,
      AutoRemove: false,
      RestartPolicy: { Name: 'no' },
      Init: true,
      Mounts: [],
      Privileged: false,
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      PidsLimit: 64,
      Memory: 167_772_160,
      MemorySwap: 167_772_160,
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
    },
  });
});
