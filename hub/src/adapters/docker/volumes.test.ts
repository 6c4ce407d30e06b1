import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Engine } from './engine.ts';
import { makeVolumes } from './volumes.ts';

// Found by the fuzzer: the name of a volume is typed into an address by whoever is signed in.
test('what is no name of a volume never reaches the engine', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'berth-volumes-'));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"message":"no such volume"}');
  }).listen(join(directory, 'docker.sock'));
  await once(server, 'listening');
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const volumes = makeVolumes(
    new Engine(join(directory, 'docker.sock')),
    { instance: 'x', image: null },
    silent,
  );
  try {
    for (const name of [
      '../containers/json',
      'a/../../info',
      'a?all=1',
      '',
      '.',
      '..',
      '<b>',
      'a b',
      'é',
      'a'.repeat(256),
      'a\n',
    ])
      expect(await volumes.find(name), name).toBeNull();
    expect(asked).toEqual([]);
    expect(await volumes.find('jupyterhub-user-ana')).toBeNull();
    expect(asked).toEqual(['/volumes/jupyterhub-user-ana']);
  } finally {
    server.close();
    await rm(directory, { recursive: true });
  }
});
