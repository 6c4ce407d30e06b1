import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { oneFileTar, openRegistry } from './small-registry.ts';
import { House, type HouseOptions, IMAGE, shell } from './spawn-house.ts';

let house: House;
afterEach(() => house.close());

async function failing(options: HouseOptions) {
  house = await House.open(options);
  const began = Date.now();
  const server = await house.startAndWait();
  const failure = server.failure;
  if (failure === null) throw new Error(`it is ${server.state}`);
  return { server, failure, took: Date.now() - began };
}

/** Nothing of a failed start is left on engine, proxy or record. */
async function expectNothingLeft() {
  await house.ports.lives.quiet(AbortSignal.timeout(10_000));
  expect(await house.dock.containers()).toEqual([]);
  expect(await house.ports.routes.list()).toEqual([]);
  expect([...house.store.tokens.values()]).toEqual([]);
  expect([...house.store.clients.values()]).toEqual([]);
  expect(house.server()).toMatchObject({ containerId: null, target: null, started: null });
}

test('a notebook that ends at once is noticed at once, with its exit code and last lines', async () => {
  const command = shell(
    'echo "reading \\033[31mconfig\\033[0m"; sleep 0.5; echo "no such setting" >&2; exit 3',
  );
  const { failure, took } = await failing({ settings: { command } });
  expect(failure).toMatchObject({ code: 'SPAWN-120', exitCode: 3, outOfMemory: false });
  expect(failure.log).toEqual(['reading config', 'no such setting']);
  expect(failure.facts).toMatchObject({ exitCode: 3 });
  expect(took).toBeLessThan(5_000);
  await expectNothingLeft();
});

test('one that ends while it is waited for is noticed by its death, not by the deadline', async () => {
  const command = shell('sleep 2; exit 7');
  const { failure, took } = await failing({ settings: { command, httpTimeout: 60_000 } });
  expect(failure).toMatchObject({ code: 'SPAWN-120', exitCode: 7 });
  expect(took).toBeLessThan(6_000);
});

test('too little memory says so, with the limit', async () => {
  const command = ['perl', '-e', '$| = 1; print "loading\\n"; my $n = 500_000_000; $x = "a" x $n; sleep 60'];
  const { failure } = await failing({ settings: { command, memory: 64 * 1024 * 1024 } });
  expect(failure).toMatchObject({ code: 'SPAWN-121', outOfMemory: true, facts: { limit: '64 MiB' } });
  expect(failure.log).toEqual(['loading']);
  await expectNothingLeft();
});

test('one that never answers is given up after its deadline, with its log', async () => {
  const command = shell('echo "thinking about $JUPYTERHUB_API_TOKEN"; sleep 100');
  const { failure, took } = await failing({ settings: { command, httpTimeout: 1_500 } });
  expect(failure).toMatchObject({ code: 'SPAWN-122', exitCode: null });
  expect(failure.facts).toMatchObject({ port: 8888, seconds: 2 });
  expect(failure.log).toEqual(['thinking about [hidden]']);
  expect(took).toBeGreaterThan(1_400);
  expect(took).toBeLessThan(6_000);
  await expectNothingLeft();
});

test('a command that is not in the image: its name is in the kept lines', async () => {
  const { failure } = await failing({ settings: { command: ['start-nonsense.sh'] } });
  expect(failure).toMatchObject({ code: 'SPAWN-120', exitCode: 127 });
  expect(failure.log.join()).toContain('start-nonsense.sh');
  await expectNothingLeft();
});

test('a server that finds its port taken says so in its last lines', async () => {
  const image = 'berth-notebook-minimal';
  const silent = 'import socket, time; s = socket.create_server(("0.0.0.0", 8888)); time.sleep(100)';
  const command = shell(
    `python3 -c '${silent}' & sleep 1; exec jupyter server --ip=0.0.0.0 --port=8888 --ServerApp.port_retries=0`,
  );
  house = await House.open({
    settings: { image, command, memory: 512 * 1024 * 1024, httpTimeout: 100_000 },
  });
  await house.wish();
  const { failure } = await house.reaches(['failed'], house.alice, 110_000);
  expect(failure).toMatchObject({ code: 'SPAWN-120', exitCode: 1 });
  expect(failure?.log.join('\n')).toMatch(/port 8888 .*(?:in use|not available)/i);
  await expectNothingLeft();
});

test('an image for another processor is told apart from one that fails', async () => {
  house = await House.open();
  const image = `${house.dock.name}-s390x`;
  await importForeignImage(house.dock.docker, image);
  try {
    house.plans = { alice: { image, command: ['/program'] } };
    const { failure } = await house.startAndWait();
    expect(failure).toMatchObject({ code: 'SPAWN-103', facts: { image } });
    expect(failure?.log.join()).toContain('Exec format error');
    await expectNothingLeft();
  } finally {
    await house.dock.docker.getImage(image).remove({ force: true });
  }
});

/** An image with nothing but a shell and a program of an IBM mainframe. */
async function importForeignImage(docker: House['dock']['docker'], image: string): Promise<void> {
  const head = Buffer.from('7f454c4602020100000000000000000000020016000000010000000000000000', 'hex');
  const program = Buffer.concat([head, Buffer.alloc(200)]);
  const archive = Buffer.concat([oneFileTar('program', program, false), oneFileTar('bin/sh', program)]);
  const stream = await docker.importImage(Readable.from([archive]), { repo: image });
  await text(stream);
}

test('a folder of the machine that is not there cannot be mounted', async () => {
  const mounts = [{ type: 'bind', source: '/nowhere/at/all', path: '/data', readOnly: true }] as const;
  const { failure } = await failing({ settings: { mounts } });
  expect(failure.code).toBe('SPAWN-131');
  await expectNothingLeft();
});

test('a missing image, with no registry in reach', async () => {
  const { failure } = await failing({ settings: { image: '127.0.0.1:9/berth/nothing:1' } });
  expect(failure).toMatchObject({ code: 'SPAWN-105', facts: { image: '127.0.0.1:9/berth/nothing:1' } });
  await expectNothingLeft();
});

test.each([
  ['does not know the image', 'unknown', 'SPAWN-101'],
  ['denies the image', 'denies', 'SPAWN-102'],
  ['has it for other machines only', 'other-machine', 'SPAWN-103'],
  ['never answers', 'silent', 'SPAWN-104'],
] as const)('a registry that %s fails the start with %s: %s', async (_, mood, code) => {
  const registry = await openRegistry();
  try {
    const image = registry.reference(mood);
    const { failure } = await failing({ settings: { image, pullTimeout: 5_000 } });
    expect(failure).toMatchObject({ code, facts: { image } });
    await expectNothingLeft();
  } finally {
    await registry.close();
  }
});

test('a notebook directory that cannot be mounted', async () => {
  const { failure } = await failing({ settings: { volumeDir: 'work' } });
  expect(failure.code).toBe('SPAWN-131');
  await expectNothingLeft();
});

test("somebody else's container of that name is neither used nor removed", async () => {
  house = await House.open();
  const name = `jupyter-alice-2d${house.dock.word}`;
  const foreign = await house.dock.docker.createContainer({ name, Image: IMAGE, Cmd: ['sleep', '1000'] });
  try {
    await foreign.start();
    const server = await house.startAndWait();
    expect(server.failure).toMatchObject({ code: 'SPAWN-141', facts: { container: name } });
    await house.stopAsUser();
    await house.reconcile();
    expect((await foreign.inspect()).State.Running).toBe(true);
  } finally {
    await foreign.remove({ force: true });
  }
});

test("another hub's container of that name is as foreign as any", async () => {
  house = await House.open();
  const name = `jupyter-alice-2d${house.dock.word}`;
  const labels = { 'org.berth.hub': 'itest-another', 'org.berth.user': house.alice, 'org.berth.server': '' };
  const foreign = await house.dock.docker.createContainer({
    name,
    Image: IMAGE,
    Cmd: ['sleep', '1000'],
    Labels: { ...labels, 'org.berth.generation': '1' },
  });
  try {
    const server = await house.startAndWait();
    expect(server.failure?.code).toBe('SPAWN-141');
    await house.reconcile();
    expect((await foreign.inspect()).Id).toBe(foreign.id);
  } finally {
    await foreign.remove({ force: true });
  }
});

test('a leftover of an earlier start of the same server gives way', async () => {
  house = await House.open();
  const name = `jupyter-alice-2d${house.dock.word}`;
  const labels = { ...house.dock.labels, 'org.berth.user': house.alice, 'org.berth.server': '' };
  const old = await house.dock.docker.createContainer({
    name,
    Image: IMAGE,
    Labels: { ...labels, 'org.berth.generation': '0' },
    Cmd: ['true'],
  });
  const server = await house.startAndWait();
  expect(server.state).toBe('ready');
  expect(server.containerId).not.toBe(old.id);
  expect(await house.dock.containers()).toHaveLength(1);
});

test('no engine: said within a moment, and the next start works as if nothing had been', async () => {
  const { failure, took } = await failing({ socket: '/nowhere/docker.sock' });
  expect(failure.code).toBe('SPAWN-150');
  expect(failure.detail).toContain('its socket is not there');
  expect(took).toBeLessThan(2_000);
  expect((await house.reconcile()).problem?.code).toBe('SPAWN-150');
  expect(await house.ports.containers.check(house.dock.name)).toContain('cannot reach the engine');
});

test('an engine that hangs is given up after the deadline of a look', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'berth-hung-'));
  const socket = join(directory, 'docker.sock');
  const hung = createServer(() => {}).listen(socket);
  await once(hung, 'listening');
  try {
    const { failure, took } = await failing({ socket, deadlines: { look: 500, work: 1_000 } });
    expect(failure.code).toBe('SPAWN-150');
    expect(failure.detail).toContain('did not answer in time');
    expect(took).toBeLessThan(3_000);
  } finally {
    hung.close();
    await rm(directory, { recursive: true });
  }
});

test('a proxy that is away fails the start and leaves no container', async () => {
  house = await House.open();
  await house.proxy.close();
  const server = await house.startAndWait();
  expect(server.failure?.code).toBe('SPAWN-170');
  await house.ports.lives.quiet(AbortSignal.timeout(10_000));
  expect(await house.dock.containers()).toEqual([]);
});

test('after a failure the next start is a clean one', async () => {
  await failing({ settings: { command: shell('[ -e work ] || exit 3') } });
  await house.die();
  await house.boot({ command: shell('exec sleep 100'), httpTimeout: 500 });
  const again = await house.startAndWait();
  expect(again).toMatchObject({ generation: 2, failure: { code: 'SPAWN-122' } });
});
