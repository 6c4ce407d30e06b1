import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { newNotebook, runCell } from '../e2e/jupyter-lab.ts';
import { docker, Stack } from '../e2e/stack.ts';

const SETUPS = join(import.meta.dirname, '../setups');
const NOTEBOOK = 'berth-notebook-minimal';

/** A file of one of the four setups, as it is. */
export function setupFile(path: string): Promise<string> {
  return readFile(join(SETUPS, path), 'utf8');
}

/**
 * The whole appliance with one of the old setups' files. What is this test's own (project, port, data volume, image tags)
 * is told by the environment of make, so that the files stay letter by letter as people have them.
 */
export async function setupStack(
  name: string,
  port: number,
  files: Readonly<Record<string, string>>,
): Promise<Stack> {
  const project = `berth-import-${name}`;
  const stack = await Stack.make({
    name: project,
    port,
    environment: {
      COMPOSE_PROJECT_NAME: project,
      JUPYTERHUB_PORT: String(port),
      DATA_VOLUME_HOST: `${project}-data`,
      BERTH_IMAGE: 'berth-import:latest',
      BERTH_PROXY_IMAGE: 'berth-import-proxy:latest',
    },
  });
  for (const [path, text] of Object.entries(files)) await stack.write(path, text);
  return stack;
}

/** The engine's own bridge: the one address that this machine's browser and the hub's container both reach. */
export async function bridge(): Promise<string> {
  const words = ['network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}'];
  return (await docker(...words)) || '172.17.0.1';
}

/**
 * The images that the setups name cannot be fetched everywhere: our own notebook stands in under their names, with the
 * command that the docker-stacks have. A name that is there already is left alone. Answers the names to take away again.
 */
export async function standInImages(...names: readonly string[]): Promise<readonly string[]> {
  const made: string[] = [];
  for (const name of names) {
    const there = await docker('image', 'inspect', '--format', '{{.Id}}', name).catch(() => '');
    if (there !== '') continue;
    const container = await docker(
      'create',
      '--network',
      'none',
      '--user',
      '0:0',
      '--entrypoint',
      'sh',
      NOTEBOOK,
      '-c',
      SHIM,
    );
    try {
      await docker('start', '--attach', container);
      const own = ['USER 1000:100', 'ENTRYPOINT ["tini","-g","--"]', 'CMD ["start-singleuser.sh"]'];
      const changes = own.flatMap((line) => ['--change', line]);
      await docker('commit', ...changes, container, name);
    } finally {
      await docker('rm', '--force', container);
    }
    made.push(name);
  }
  return made;
}

const SHIM =
  'printf \'#!/bin/sh\\nexec jupyterhub-singleuser "$@"\\n\' > /usr/local/bin/start-singleuser.sh && chmod 755 /usr/local/bin/start-singleuser.sh';

/** What a person sees between the press and JupyterLab, at most. */
const START_DEADLINE_MS = 150_000;
const START_TRIES = 4;

/**
 * Presses until JupyterLab is there, and lets its kernel answer. On a machine that is busy with other tests the engine may
 * not answer the hub in time: the page then says so, and one presses again. Answers the seconds from the last press.
 */
export async function startsBy(page: Page, press: () => Promise<void>): Promise<number> {
  for (let tries = 1; ; tries++) {
    const begun = performance.now();
    await press();
    const there = page.waitForURL(/\/user\/[^/]+\/lab/, { timeout: START_DEADLINE_MS }).then(() => null);
    const failed = page
      .getByText(/SPAWN-\d+/)
      .first()
      .waitFor({ timeout: START_DEADLINE_MS })
      .then(() => page.locator('main').textContent());
    const words = await Promise.any([there, failed]).catch(() => 'nothing happened');
    if (words === null) {
      await kernelAnswers(page);
      return (performance.now() - begun) / 1000;
    }
    if (tries === START_TRIES) throw new Error(`no start in ${tries} tries: ${words}`);
    console.log(`      tried again: ${words.replace(/\s+/g, ' ').slice(0, 160)}`);
  }
}

async function kernelAnswers(page: Page): Promise<void> {
  const panel = page.locator('#jp-main-dock-panel');
  // Chromium drops what it is loading when an interface of this machine comes or goes, as with every container.
  for (let tries = 0; tries < 4; tries++) {
    const there = await panel.waitFor({ timeout: 60_000 }).then(
      () => true,
      () => false,
    );
    if (there) break;
    await page.reload();
  }
  await newNotebook(page).catch(async () => {
    await page.reload();
    await newNotebook(page);
  });
  const answer = await runCell(page, '6*7');
  if (answer !== '42') throw new Error(`the kernel answered ${answer}`);
}

/** From the home page to a kernel's answer. Answers the seconds from the press to the answer. */
export function startsFromHome(page: Page, base: string): Promise<number> {
  return startsBy(page, async () => {
    await page.goto(`${base}/hub/home`);
    await page.getByRole('button', { name: /start/i }).first().click();
  });
}

export async function signInWithPassword(
  page: Page,
  base: string,
  name: string,
  password: string,
): Promise<void> {
  await page.goto(`${base}/hub/login`);
  await page.locator('input[name="username"]').fill(name);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('main form button[type="submit"]').first().click();
  await page.waitForURL(/\/hub\/(home|spawn)/);
}

/** Runs with the stack up, tells its last words when it fails, and leaves nothing behind. */
export async function withStack(
  stack: Stack,
  leftovers: { readonly images: readonly string[]; readonly volumes: readonly string[] },
  run: (output: string) => Promise<string>,
): Promise<string> {
  try {
    return await run(await stack.up());
  } catch (error) {
    const log = await stack.compose('logs', '--no-color', '--tail=25').catch(() => '');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log.slice(-3000)}`);
  } finally {
    await stack.remove();
    for (const volume of leftovers.volumes) await docker('volume', 'rm', '--force', volume).catch(() => '');
    for (const image of leftovers.images) await docker('image', 'rm', image).catch(() => '');
  }
}
