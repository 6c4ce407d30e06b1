import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { newPerson } from '../browser.ts';
import { newNotebook, runCell } from '../jupyter-lab.ts';
import { signIn, startFromHome, stopFromHome, throughLink } from '../people.ts';
import type { Stack } from '../stack.ts';

const PICTURES = join(import.meta.dirname, '../../output/pictures');

/**
 * What a newcomer does: one-time link, start, a cell that prints 42, a file, stop, start, the file is there;
 * and after signing out the way to the server is closed.
 */
export async function firstCell(
  stack: Stack,
  browser: Browser,
  link: string,
  pictures = PICTURES,
  name = 'ana',
): Promise<{ startSeconds: number; restartSeconds: number }> {
  await mkdir(pictures, { recursive: true });
  const { context, page } = await newPerson(browser);
  await throughLink(page, link, name);
  await photograph(page, pictures, 'home');
  const startSeconds = await startFromHome(page, stack, async () => {
    await page.waitForURL('**/hub/spawn-pending/**');
    await photograph(page, pictures, 'starting');
  });
  await newNotebook(page);
  assert.equal(await runCell(page, '6*7'), '42');
  await photograph(page, pictures, 'lab');
  assert.equal(await runCell(page, "open('kept.txt', 'w').write('kept by me')"), '10');

  await stopFromHome(page, stack);
  const restartSeconds = await startFromHome(page, stack);
  await newNotebook(page);
  assert.equal(await runCell(page, "print(open('kept.txt').read())"), 'kept by me');

  await closedAfterSignOut(page, stack, name);
  await context.close();
  await comesBack(browser, stack, name);
  return { startSeconds, restartSeconds };
}

async function closedAfterSignOut(page: Page, stack: Stack, name: string): Promise<void> {
  await page.goto(`${stack.url}/hub/home`);
  await page.getByRole('button', { name: /sign out/i }).click();
  await page.waitForURL('**/hub/signed-out');
  await page.goto(`${stack.url}/user/${name}/lab`);
  await page.waitForURL('**/hub/login?next=**');
  const status = await page.evaluate(async (path) => (await fetch(path)).status, `/user/${name}/api/kernels`);
  assert.equal(status, 403);
}

async function comesBack(browser: Browser, stack: Stack, name: string): Promise<void> {
  const { context, page } = await newPerson(browser);
  await signIn(page, stack, name);
  await page.goto(`${stack.url}/user/${name}/lab`);
  await page.locator('#jp-main-dock-panel').waitFor({ timeout: 60_000 });
  await context.close();
}

async function photograph(page: Page, folder: string, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
