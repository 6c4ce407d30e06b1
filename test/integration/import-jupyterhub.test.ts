// Databases that JupyterHub's own code has made, 5.2.1 and 3.0.0 from Debian, brought into a running hub (issue 7).
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RunningHub } from './running-hub.ts';

const run = promisify(execFile);
const HERE = import.meta.dirname;
const TSX = join(HERE, '../look/tsx.ts');
const BERTH = join(HERE, '../../hub/src/berth.ts');

let hub: RunningHub;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-former-'));
  await chmod(folder, 0o777);
  hub = await RunningHub.open();
});
afterAll(async () => {
  await hub?.close();
  await rm(folder, { recursive: true });
});

async function makeDatabase(image: string, name: string, suffix: string) {
  const { stdout } = await run('docker', [
    ...['run', '--rm', '--network', 'none', '--user', '0:0', '--label', 'org.berth.test=import'],
    ...['--volume', `${folder}:/out`, '--volume', `${HERE}:/work:ro`],
    ...[image, 'python3', '/work/make-former-hub.py', `/out/${name}`, suffix],
  ]);
  const line = stdout.trim().split('\n').at(-1) ?? '';
  return JSON.parse(line) as { version: string; words: Record<string, string> };
}

/** The command line as the container has it; its answer, whatever the exit code. */
async function berth(...words: readonly string[]): Promise<{ code: number; text: string }> {
  const environment = { ...process.env, BERTH_ADMIN_SOCKET: hub.adminSocket, CONFIG_FILE: 'config.yaml' };
  const how = { cwd: folder, env: environment, timeout: 60_000, maxBuffer: 2 ** 24 };
  return run(process.execPath, ['--import', TSX, BERTH, ...words], how).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      text: error.stdout + error.stderr,
    }),
  );
}

describe.each([
  ['5.2.1', 'berth-conformance-jupyterhub:latest'],
  ['3.0.0', 'berth-conformance-singleuser-3.0:latest'],
])('JupyterHub %s', (version, image) => {
  const file = `former-${version}.sqlite`;
  const suffix = `${version.replaceAll('.', '')}x`;
  let made: Awaited<ReturnType<typeof makeDatabase>>;
  let volume: string;
  let container: string;

  beforeAll(async () => {
    made = await makeDatabase(image, file, suffix);
    volume = `${hub.dock.name}-annas-own-${suffix}`;
    container = `jupyter-anna-2d${suffix}`;
    await hub.dock.docker.createVolume({ Name: volume });
    await hub.dock.docker.createContainer({
      name: container,
      Image: 'debian:trixie-slim',
      Cmd: ['sleep', '600'],
      HostConfig: { Binds: [`${volume}:/home/jovyan/work`], NetworkMode: 'none' },
    });
  });
  afterAll(async () => {
    await hub.dock.docker.getContainer(container).remove({ force: true });
  });

  test('a look changes nothing, and tells all', async () => {
    expect(made.version).toMatch(version);
    const { code, text } = await berth('import', join(folder, file));
    expect(code, text).toBe(0);
    expect(text).toContain('Nothing has been changed.');
    expect(text).toMatch(new RegExp(`container +${container} +in the way`));
    expect(text).toMatch(/loadRoles:\n {4}grader:/);
    expect((await hub.api('GET', `/users/anna-${suffix}`)).status).toBe(404);
  });

  test('people, groups and tokens are there, and an old token opens what it opened', async () => {
    const { code, text } = await berth('import', join(folder, file), '--apply', '--json');
    expect(code, text).toBe(0);
    expect((await hub.api('GET', `/users/anna-${suffix}`)).json).toMatchObject({ admin: true });
    expect((await hub.api('GET', `/users/carl-${suffix}`)).json).toMatchObject({ admin: false });
    expect((await hub.api('GET', `/users/ben.b-${suffix}`)).json).toMatchObject({ groups: ['former-lab'] });
    const { generated, chosen, limited, expired, server } = made.words;
    const who = (word = '') => hub.api('GET', '/user', undefined, word);
    // Said twice: by the former digest, then by ours.
    for (const _ of [1, 2]) {
      expect((await who(generated)).json).toMatchObject({ name: `anna-${suffix}`, admin: true });
      expect((await who(chosen)).json).toMatchObject({ name: `ben.b-${suffix}` });
    }
    expect((await hub.api('GET', '/users', undefined, generated)).status).toBe(200);
    expect((await hub.api('POST', `/users/x-${suffix}`, undefined, limited)).status).toBe(403);
    for (const word of [expired, server, `${generated?.slice(0, 31)}z`])
      expect((await who(word)).status).toBe(403);
  });

  test('the former container is left alone, and its volume is the one that a start takes', async () => {
    expect((await hub.dock.docker.getContainer(container).inspect()).Name).toBe(`/${container}`);
    // As the table said: it has to go before a server of that name can be made.
    await hub.dock.docker.getContainer(container).rename({ name: `${container}-kept` });
    container = `${container}-kept`;
    const { status } = await hub.api('POST', `/users/anna-${suffix}/server`, {});
    expect([201, 202]).toContain(status);
    const until = Date.now() + 60_000;
    let mounts = '';
    while (Date.now() < until && !mounts.includes(volume)) {
      mounts = JSON.stringify((await hub.container(`anna-${suffix}`))?.Mounts ?? '');
      await new Promise((later) => setTimeout(later, 200));
    }
    expect(mounts).toContain(volume);
    await hub.api('DELETE', `/users/anna-${suffix}/server`);
  });
});

test('groups and their members at the command line', async () => {
  const { code, text } = await berth('groups');
  expect(code, text).toBe(0);
  expect(text).toMatch(/former-lab +2/);
  const members = await berth('groups', 'former-lab', '--json');
  expect(JSON.parse(members.text)).toMatchObject({ members: [{ admin: false }, { admin: false }] });
  expect((await berth('groups', 'nobodys')).code).toBe(1);
});

test('every command of the how-to does what it says there', async () => {
  const text = await readFile(join(HERE, '../../docs/how-to/come-from-jupyterhub.md'), 'utf8');
  // Of a block with answers only what is typed.
  const blocks = [...text.matchAll(/```(sh|console)[^\n]*\n([\s\S]*?)```/g)].flatMap(
    ([, kind, block = '']) => {
      const said = block.trim().split('\n');
      return kind === 'sh' ? said : said.flatMap((line) => (line.startsWith('$ ') ? [line.slice(2)] : []));
    },
  );
  // `make up` is what prove:deploy does with each of the former setups.
  const commands = blocks.filter((line) => line !== 'make up').map((line) => line.replace(/^\.\/berth /, ''));
  expect(commands.length).toBeGreaterThan(7);
  await copyFile(join(HERE, '../setups/python/deploy-docker-now.py'), join(folder, 'jupyterhub_config.py'));
  await copyFile(join(folder, 'former-5.2.1.sqlite'), join(folder, 'jupyterhub.sqlite'));
  for (const command of commands) {
    const { code, text } = await berth(...command.replace('teachers', 'former-lab').split(' '));
    // Something is left to do: an `if` of that file.
    expect(code, `${command}: ${text}`).toBe(command.startsWith('config import') ? 3 : 0);
  }
  expect(await readFile(join(folder, 'config.yaml'), 'utf8')).toContain(
    'quay.io/jupyter/base-notebook:latest',
  );
});
