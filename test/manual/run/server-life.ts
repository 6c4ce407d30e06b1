import type { Page } from 'playwright-core';
import type { ManualHouse } from './manual-house.ts';

/** Presses Start, on the home page or, for a profile (by its slug), where one chooses; waits for JupyterLab. */
export async function openLab(page: Page, house: ManualHouse, profile?: string): Promise<void> {
  await page.goto(`${house.url}/hub/${profile === undefined ? 'home' : `spawn?profile=${profile}`}`);
  await page
    .getByRole('button', { name: /^start/i })
    .first()
    .click();
  const there = page.waitForURL(/\/user\/[^/]+\/lab/, { timeout: 180_000 }).then(() => '');
  // A start that fails says so at once, and so does a page that refuses it.
  const failed = page
    .getByText(/\b[A-Z]{4,}-\d{3}\b/)
    .first()
    .waitFor({ timeout: 180_000 })
    .then(() => wordsOf(page));
  const words = await Promise.any([there, failed]).catch(() => wordsOf(page));
  if (words !== '') throw new Error(words);
  await page.locator('#jp-main-dock-panel').waitFor({ timeout: 120_000 });
}

/** Where it stands, and what it says: a person would read that, too. */
async function wordsOf(page: Page): Promise<string> {
  return `${page.url()}: ${(await page.locator('main').textContent()) ?? 'nothing'}`;
}

/** Stops the server from the home page, if it runs, and waits until the page says so. */
export async function stopServer(page: Page, house: ManualHouse): Promise<void> {
  await page.goto(`${house.url}/hub/home`);
  const start = page.getByRole('button', { name: /^start/i }).or(page.getByRole('link', { name: /^start/i }));
  const stop = page.locator('summary', { hasText: /^stop/i }).first();
  await start.first().or(stop).first().waitFor();
  if (!(await stop.isVisible())) return;
  await stop.click();
  await page
    .getByRole('button', { name: /^yes, stop it/i })
    .first()
    .click();
  await page.goto(`${house.url}/hub/home`);
  await start.first().waitFor({ timeout: 60_000 });
}

/** Waits until the person's server answers, or is gone. */
export async function until(house: ManualHouse, name: string, wanted: 'ready' | 'stopped'): Promise<void> {
  const end = Date.now() + 180_000;
  while (Date.now() < end) {
    const { servers } = await house.api('GET', `/users/${name}`);
    const server = servers[''];
    if (wanted === 'ready' ? server?.ready === true : server === undefined) return;
    await new Promise((later) => setTimeout(later, 500));
  }
  throw new Error(`the server of ${name} was not ${wanted} in time`);
}
