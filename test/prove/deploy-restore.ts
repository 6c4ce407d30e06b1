import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { newPerson, openBrowser } from '../e2e/browser.ts';
import { invite, PASSWORD, throughLink } from '../e2e/people.ts';
import { Stack } from '../e2e/stack.ts';
import { HubClient } from './hub-client.ts';
import { startSecondEngine } from './second-engine.ts';
import { must, PATIENT, patientOverlay, shell } from './shell.ts';

const IMAGES = { BERTH_IMAGE: 'berth-ops:latest', BERTH_PROXY_IMAGE: 'berth-ops-proxy:latest' };
/** The notebook, and what it is built on. */
const NOTEBOOKS = ['berth-notebook-minimal:latest', 'berth-notebook-server:latest'];
const NAME = 'berth-ops-restore';
const [HERE, THERE] = [20_400, 20_410];
const WORDS = `what was found, at ${new Date().toISOString()}\n`;

/**
 * A hub with people, a token and a running notebook is backed up while it runs; another engine, which has nothing but
 * the images, gets it back. Answers the figures to print.
 */
export async function proveRestore(): Promise<string> {
  const browser = await openBrowser();
  try {
    return await restoreWith(browser);
  } finally {
    await browser.close();
  }
}

async function restoreWith(browser: Browser): Promise<string> {
  const settings = { ...IMAGES, ...PATIENT.settings };
  const stack = await Stack.make({ name: NAME, port: HERE, userlist: 'ana admin\n', settings });
  await stack.write(PATIENT.path, patientOverlay('10.213.81'));
  const file = join(stack.directory, 'kept.tar.gz');
  try {
    const link = stack.link(await stack.up());
    const { context, page } = await newPerson(browser);
    await throughLink(page, link, 'ana');
    await throughLink(page, await invite(stack, 'ben'), 'ben').catch(async () => {
      // Whoever is signed in already is asked to sign out first: another browser has nobody in it.
      const other = await newPerson(browser);
      await throughLink(other.page, await invite(stack, 'ben'), 'ben');
      await other.context.close();
    });
    await context.close();
    const token = (await must(stack.directory, ['./berth', 'token', 'ana'])).split('\n').at(-1) ?? '';
    const ana = new HubClient(stack.url, token);
    await ana.startServer('ana');
    await ana.putFile('ana', 'found.txt', WORDS);

    const begun = performance.now();
    await must(stack.directory, ['./berth', 'backup', file]);
    const seconds = (performance.now() - begun) / 1000;
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.match(await must(stack.directory, ['./berth', 'backup', '--check', file]), /all checksums right/);
    // Nothing was held up for it.
    assert.equal(await ana.getFile('ana', 'found.txt'), WORDS);

    await bundleHoldsNoSecret(stack, token);
    const restored = await onAnotherEngine(browser, stack, file, token);
    const size = (statSync(file).size / 1024).toFixed(0);
    return `backed up in ${seconds.toFixed(1)} s (${size} KB) while it ran; ${restored}`;
  } finally {
    await stack.remove();
  }
}

/** What goes to whoever helps has none of the secrets that this stack is made of. */
async function bundleHoldsNoSecret({ directory }: Stack, token: string): Promise<void> {
  const file = join(directory, 'support.tar.gz');
  await must(directory, ['./berth', 'support-bundle', file]);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const text = await must(directory, ['tar', '-xzOf', file]);
  for (const part of ['"HOST-01"', 'the hub is open', 'Server Version']) {
    assert.ok(text.includes(part), `${part} is not in the bundle`);
  }
  const secrets = ['proxy_auth_token', 'cookie_secret', 'crypt_key'].map((name) =>
    readFileSync(join(directory, 'secrets', name), 'utf8').trim(),
  );
  for (const secret of [...secrets, token, PASSWORD])
    assert.ok(!text.includes(secret), 'a secret is in the bundle');
}

async function onAnotherEngine(browser: Browser, from: Stack, file: string, token: string): Promise<string> {
  const engine = await startSecondEngine();
  const there = await emptyProject('berth-ops-there');
  const broken = await emptyProject('berth-ops-broken');
  const environment = { DOCKER_HOST: engine.host, JUPYTERHUB_PORT: String(THERE), ...IMAGES };
  try {
    // The engine has no network of its own: all that `make up` would build.
    await engine.load([...Object.values(IMAGES), ...NOTEBOOKS, 'debian:trixie-slim']);
    assert.equal(await engine.docker('ps', '-aq'), '');
    assert.equal(await engine.docker('volume', 'ls', '-q'), '');

    await refusesDamage(file, broken, environment);
    assert.equal(await engine.docker('volume', 'ls', '-q'), '', 'a damaged archive made a volume');

    const begun = performance.now();
    await must(there.directory, ['make', 'restore', `FILE=${file}`], { environment });
    const seconds = (performance.now() - begun) / 1000;
    for (const secret of ['proxy_auth_token', 'cookie_secret', 'crypt_key']) {
      const path = join('secrets', secret);
      assert.equal(
        readFileSync(join(there.directory, path), 'utf8'),
        readFileSync(join(from.directory, path), 'utf8'),
      );
    }
    await must(there.directory, ['make', 'up'], { environment });
    await sameAsBefore(browser, `http://${engine.address}:${THERE}`, token);

    const again = await shell(there.directory, ['make', 'restore', `FILE=${file}`], { environment });
    assert.notEqual(again.code, 0);
    assert.match(again.output, /runs on this engine/);
    await refusesUnderServers(there, file, environment);
    await must(there.directory, ['make', 'down', 'ALL=1'], { environment });
    const over = await shell(there.directory, ['make', 'restore', `FILE=${file}`], { environment });
    assert.match(over.output, /holds a store already; it is left as it is/);
    await must(there.directory, ['make', 'restore', `FILE=${file}`, 'REPLACE=1'], { environment });
    await must(there.directory, ['make', 'up'], { environment });
    await new HubClient(`http://${engine.address}:${THERE}`, token).must('GET', '/hub/api/user');
    return `on an empty engine restored in ${seconds.toFixed(1)} s: same passwords, token and file; damage refused, nothing written; no secret in the support bundle`;
  } finally {
    await engine.remove();
    for (const { directory } of [there, broken]) rmSync(directory, { recursive: true, force: true });
  }
}

/** The project as a clone has it: no `.env`, no userlist, no secrets. */
async function emptyProject(name: string): Promise<Stack> {
  const stack = await Stack.make({ name, port: THERE });
  await stack.write(PATIENT.path, patientOverlay('10.213.81'));
  for (const path of ['.env', 'userlist', 'secrets/proxy_auth_token'])
    rmSync(join(stack.directory, path), { force: true });
  return stack;
}

async function refusesDamage(
  file: string,
  { directory }: Stack,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 0xff, bytes.length >> 1);
  writeFileSync(join(directory, 'damaged.tar.gz'), bytes);
  const { code, output } = await shell(directory, ['make', 'restore', 'FILE=damaged.tar.gz'], {
    environment,
  });
  assert.notEqual(code, 0);
  assert.match(output, /The archive cannot be used: .*\nnext: {2}Nothing was written/);
  for (const path of ['.env', 'userlist', 'secrets/cookie_secret'])
    assert.ok(!existsSync(join(directory, path)), path);
}

/** Hub and proxy go, ana's server goes on; nothing is put back beneath it, also over what is there. */
async function refusesUnderServers(
  { directory }: Stack,
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const down = await must(directory, ['make', 'down'], { environment });
  assert.match(down, /Notebook servers that go on running: 1\./);
  const before = readdirSync(directory);
  const { code, output } = await shell(directory, ['make', 'restore', `FILE=${file}`, 'REPLACE=1'], {
    environment,
  });
  assert.notEqual(code, 0);
  assert.match(output, /Notebook servers of .* run still; nothing was written\./);
  assert.deepEqual(readdirSync(directory), before);
}

async function sameAsBefore(browser: Browser, url: string, token: string): Promise<void> {
  for (const name of ['ana', 'ben']) {
    const { context, page } = await newPerson(browser);
    await page.goto(`${url}/hub/login`);
    await page.locator('input[name="username"]').fill(name);
    await page.locator('input[name="password"]').fill(PASSWORD);
    await page.locator('main form button[type="submit"]').click();
    await page.waitForURL('**/hub/home');
    await context.close();
  }
  const ana = new HubClient(url, token);
  assert.equal((await ana.must('GET', '/hub/api/user')).name, 'ana');
  await ana.startServer('ana');
  assert.equal(await ana.getFile('ana', 'found.txt'), WORDS);
}

if (process.argv[1] === import.meta.filename) console.log(await proveRestore());
