import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Engine } from './engine.ts';

const DEADLINES = { look: 200, work: 400 };
let directory: string;
let socket: string;
let server: Server | undefined;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'berth-engine-'));
  socket = join(directory, 'docker.sock');
});
afterEach(() => {
  server?.close();
  vi.unstubAllEnvs();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Something behind a socket that says this and hangs up, or says nothing and does not. */
async function behindSocket(words: string | null): Promise<void> {
  server = createServer((guest) => {
    if (words !== null) guest.once('data', () => guest.end(words));
  }).listen(socket);
  await once(server, 'listening');
}

const ping = (engine: Engine) => engine.look(() => engine.docker.ping());

test('an engine that hangs is given up after the deadline', async () => {
  await behindSocket(null);
  const began = Date.now();
  await expect(ping(new Engine(socket, DEADLINES))).rejects.toMatchObject({ code: 'SPAWN-150' });
  expect(Date.now() - began).toBeLessThan(2_000);
});

test('an engine that breaks off in the middle of an answer does not hold us for ever', async () => {
  await behindSocket('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf');
  await expect(ping(new Engine(socket, DEADLINES))).rejects.toMatchObject({ code: 'SPAWN-150' });
});

test('what does not speak HTTP is no engine, and no crash', async () => {
  await behindSocket('SSH-2.0-OpenSSH_9.2\r\n');
  await expect(ping(new Engine(socket, DEADLINES))).rejects.toMatchObject({ name: 'Problem' });
});

test('who gives up gets their own reason, not the engine', async () => {
  await behindSocket(null);
  const engine = new Engine(socket, { look: 5_000, work: 5_000 });
  const enough = new Error('enough');
  const control = new AbortController();
  const asked = engine.look(() => engine.docker.ping(), control.signal);
  control.abort(enough);
  await expect(asked).rejects.toBe(enough);
});

test('a DOCKER_HOST in the environment does not turn the hub to another engine', async () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://192.0.2.1:2375');
  await behindSocket('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK');
  expect(String(await ping(new Engine(socket, DEADLINES)))).toBe('OK');
});
