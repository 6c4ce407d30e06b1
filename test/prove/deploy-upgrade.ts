import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { SCHEMA_VERSION } from '../../hub/src/adapters/store/schema.ts';
import { newPerson, openBrowser } from '../e2e/browser.ts';
import { throughLink } from '../e2e/people.ts';
import { copyProject, docker, Stack } from '../e2e/stack.ts';
import { HubClient } from './hub-client.ts';
import { NotebookLoad } from './notebook-load.ts';
import { must, PATIENT, patientOverlay, shell } from './shell.ts';

/** The last commit that wrote schema 2: the way to now goes through every migration since. */
const EARLIER = 'bc28bb7';
const EARLIER_SCHEMA = 2;
const ROOT = join(import.meta.dirname, '../..');
const NAME = 'berth-ops-upgrade';
const PORT = 20_420;
const SOCKETS_EACH = 3;
const USERS = ['ana', 'ben'];
const DATA = `${NAME}-data`;

/**
 * An earlier Berth with two people at work is upgraded under load: first to a hub that is broken on purpose, which has to
 * step back by itself, then to this one. No request to a notebook may fail, no WebSocket may close.
 */
export async function proveUpgrade(): Promise<string> {
  const browser = await openBrowser();
  try {
    return await upgradeWith(browser);
  } finally {
    await browser.close();
  }
}

async function upgradeWith(browser: Browser): Promise<string> {
  const stack = await Stack.make({
    name: NAME,
    port: PORT,
    userlist: 'ana admin\nben\n',
    settings: {
      BERTH_IMAGE: `${NAME}:latest`,
      BERTH_PROXY_IMAGE: `${NAME}-proxy:latest`,
      UPGRADE_DEADLINE: '90',
      ...PATIENT.settings,
    },
  });
  const { directory } = stack;
  try {
    await earlierTree(directory);
    await stack.write(PATIENT.path, patientOverlay('10.213.80'));
    const link = stack.link(await stack.up());
    const { context, page } = await newPerson(browser);
    await throughLink(page, link, 'ana');
    await context.close();
    const token = (await must(directory, ['./berth', 'token', 'ana'])).split('\n').at(-1) ?? '';
    const ana = new HubClient(stack.url, token);
    await ana.ask('POST', '/hub/api/users/ben');
    for (const user of USERS) await ana.startServer(user);
    assert.equal(await schemaOf(), EARLIER_SCHEMA);

    const load = await NotebookLoad.start(ana, USERS, SOCKETS_EACH);
    const [hub, proxy] = [await imageOf(stack, 'hub'), await stack.container('proxy')];

    await thisTree(directory);
    const main = join(directory, 'hub/src/main.ts');
    const good = readFileSync(main, 'utf8');
    // It opens the store, brings it to the new schema, writes it, and ends: the worst moment to break.
    assert.match(good, /await makeReady\(parts\);/);
    writeFileSync(
      main,
      good.replace(
        'await makeReady(parts);',
        "await makeReady(parts);\n  throw new Error('broken on purpose');",
      ),
    );
    const broken = await shell(directory, ['make', 'upgrade'], { seconds: 1800 });
    assert.notEqual(broken.code, 0, 'a broken hub was taken');
    assert.match(broken.output, /broken on purpose/);
    assert.match(broken.output, /stepping back/);
    assert.match(broken.output, /The old one runs again/, broken.output.slice(-3000));
    assert.equal(await imageOf(stack, 'hub'), hub);
    assert.equal(await schemaOf(), EARLIER_SCHEMA);
    assert.equal((await ana.must('GET', '/hub/api/user')).name, 'ana');

    writeFileSync(main, good);
    const looked = await must(directory, ['./berth', 'upgrade', '--check'], { seconds: 300 });
    assert.match(looked, new RegExp(`schema ${EARLIER_SCHEMA} becomes ${SCHEMA_VERSION}`));
    const begun = performance.now();
    const upgraded = await must(directory, ['make', 'upgrade'], { seconds: 1800 });
    const seconds = (performance.now() - begun) / 1000;
    assert.match(upgraded, /hub: the new one is well after (\d+) s/);
    assert.notEqual(await imageOf(stack, 'hub'), hub);
    assert.equal(await stack.container('proxy'), proxy);
    assert.equal(await schemaOf(), SCHEMA_VERSION);
    assert.equal((await ana.must('GET', '/hub/api/user')).name, 'ana');
    for (const user of USERS) await ana.startServer(user);

    const { requests, failed, sockets, closed, echoes, longestSilence } = await load.stop();
    assert.deepEqual(failed, [], `of ${requests} requests to notebooks these failed`);
    assert.equal(closed, 0, `${closed} of ${sockets} WebSockets were closed`);
    assert.ok(echoes > sockets, 'the WebSockets carried nothing');
    const well = /well after (\d+) s/.exec(upgraded)?.[1] ?? '?';
    return `a broken hub stepped back; then upgraded in ${seconds.toFixed(0)} s with the build, the hub well after ${well} s; ${requests} requests, 0 failed; ${sockets} WebSockets, 0 closed, ${echoes} pings answered, longest silence ${longestSilence} ms`;
  } catch (error) {
    const log = await stack.compose('logs', '--no-color', '--tail=30', 'hub').catch(() => '');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log.slice(-3000)}`);
  } finally {
    await stack.remove();
    const tags = [
      `${NAME}:latest`,
      `${NAME}:before-upgrade`,
      `${NAME}-proxy:latest`,
      `${NAME}-proxy:before-upgrade`,
    ];
    await shell('/', ['docker', 'image', 'rm', ...tags]);
  }
}

/** The folder as a clone of the earlier commit; settings stay. */
async function earlierTree(directory: string): Promise<void> {
  await empty(directory);
  await must(directory, ['bash', '-c', `git -C '${ROOT}' archive ${EARLIER} | tar -x -C '${directory}'`]);
}

/** What `git pull` brings. */
async function thisTree(directory: string): Promise<void> {
  await empty(directory);
  await copyProject(directory);
}

async function empty(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (['.env', 'userlist', 'secrets', PATIENT.path].includes(name)) continue;
    rmSync(join(directory, name), { recursive: true });
  }
}

async function imageOf(stack: Stack, service: 'hub' | 'proxy'): Promise<string> {
  return await docker('inspect', '-f', '{{.Image}}', await stack.container(service));
}

/** Of the store on the data volume. */
async function schemaOf(): Promise<number> {
  const text = await docker(
    'run',
    '--rm',
    '--network',
    'none',
    '--user',
    '0:0',
    '-v',
    `${DATA}:/data:ro`,
    `${NAME}:latest`,
    'head',
    '-c',
    '40',
    '/data/berth.json',
  );
  return Number(/"schema":(\d+)/.exec(text)?.[1]);
}

if (process.argv[1] === import.meta.filename) console.log(await proveUpgrade());
