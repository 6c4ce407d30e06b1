import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildStandInNotebook, STAND_IN_NOTEBOOK } from '../support/stand-in-notebook.ts';
import { RunningHub } from './running-hub.ts';

// A whole hub, in a browser: what somebody who waits for a start sees, and what an administrator may change.
const LOOK = join(import.meta.dirname, '../output/look');
const PASSWORD = 'for this trial';
const SLOW = { timeout: 60_000 };
let hub: RunningHub;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(LOOK, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  hub = await RunningHub.open({
    settings: {
      AUTHENTICATOR_CLASS: 'dummy',
      DUMMY_PASSWORD: PASSWORD,
      JUPYTERHUB_ADMIN: 'mary',
      DOCKER_NOTEBOOK_IMAGE: STAND_IN_NOTEBOOK,
      SPAWN_ENVIRONMENT: 'SLOW_START=25',
      CULL_ENABLED: 'false',
      HTTP_TIMEOUT: '120',
    },
  });
  await buildStandInNotebook(hub.dock.docker);
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
});

async function signedIn(name: string, scripts: boolean): Promise<BrowserContext> {
  const context = await browser.newContext({ javaScriptEnabled: scripts, locale: 'en' });
  const page = await context.newPage();
  await page.goto(`${hub.pagesUrl}/hub/login`);
  await page.fill('input[name=username]', name);
  await page.fill('input[name=password]', PASSWORD);
  await page.click('button[type=submit]:not(.link)');
  await page.waitForURL(/\/hub\/(home|spawn)/, SLOW);
  await page.close();
  return context;
}

test('the last lines are there with scripts and without, after a reload, and after the hub was killed', async () => {
  const token = 'getting ready, second';
  const context = await signedIn(hub.alice, true);
  const page = await context.newPage();
  await hub.api('POST', `/users/${hub.alice}/server`, {});
  await page.goto(`${hub.pagesUrl}/hub/spawn-pending/${hub.alice}`);
  const log = page.locator('.start-log pre');
  await expect.poll(() => log.textContent(SLOW), SLOW).toContain(token);
  expect(await log.textContent()).toContain('[hidden]');
  await page.screenshot({ path: join(LOOK, 'spawn-watch-log.png') });
  // The stream renews them by itself.
  const before = await log.textContent();
  await expect.poll(() => log.textContent(), SLOW).not.toBe(before);

  const plain = await signedIn(hub.alice, false);
  const still = await plain.newPage();
  await still.goto(`${hub.pagesUrl}/hub/spawn-pending/${hub.alice}`);
  expect(await still.locator('.start-log pre').textContent()).toContain(token);
  await still.screenshot({ path: join(LOOK, 'spawn-watch-no-script.png') });

  await hub.end('SIGKILL');
  await hub.start();
  await expect
    .poll(async () => {
      // Without scripts the page renews itself, and may do so just now.
      await still.goto(`${hub.pagesUrl}/hub/spawn-pending/${hub.alice}`).catch(() => null);
      return still.url().includes('spawn-pending') ? await still.locator('pre').allTextContents() : ['over'];
    }, SLOW)
    .toEqual([expect.stringMatching(/getting ready, second|over/)]);
  // The page that was open all the time goes on by itself, to the notebook.
  await page.waitForURL(/\/user\/|oauth2\/authorize|\/hub\/api/, { timeout: 90_000, waitUntil: 'commit' });
  await plain.close();
  await context.close();
});

test('an administrator changes the limits of a running server on a form, without scripts', async () => {
  await expect.poll(async () => (await hub.server())?.ready, { timeout: 90_000 }).toBe(true);
  const context = await signedIn('mary', false);
  const page = await context.newPage();
  await page.goto(`${hub.pagesUrl}/hub/admin`);
  await page.click(`a[href="/hub/admin/limits/${hub.alice}"]`);
  expect(await page.textContent('main')).toContain('Now: 512 MiB');
  await page.fill('input[name=memory]', '640M');
  await page.fill('input[name=cpus]', '0.5');
  await page.click('main button[type=submit]');
  await page.waitForURL(/changed=1/, SLOW);
  expect(await page.textContent('main')).toContain('Now: 640 MiB');
  await page.screenshot({ path: join(LOOK, 'limits-form.png') });
  const host = (await hub.container())?.HostConfig;
  expect(host).toMatchObject({ Memory: 640 * 2 ** 20, MemorySwap: 640 * 2 ** 20, CpuQuota: 50_000 });
  await context.close();
});
