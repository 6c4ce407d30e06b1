import type { Page } from 'playwright-core';
import type { Stack } from './stack.ts';

export const PASSWORD = 'a harbour at night';

/** Through a one-time link: name (when it asks for one) and password, then home. */
export async function throughLink(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  const field = page.locator('input[name="name"]');
  if ((await field.getAttribute('readonly')) === null) await field.fill(name);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('input[name="again"]').fill(PASSWORD);
  await page.locator('main form button[type="submit"]').click();
  await page.waitForURL('**/hub/home');
}

export async function signIn(page: Page, stack: Stack, name: string): Promise<void> {
  await page.goto(`${stack.url}/hub/login`);
  await page.locator('input[name="username"]').fill(name);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('main form button[type="submit"]').click();
  await page.waitForURL('**/hub/home');
}

/** A one-time link for somebody, from the command line in the hub's container. */
export async function invite(stack: Stack, name: string): Promise<string> {
  const answer = await stack.compose('exec', '-T', 'hub', 'node', 'dist/hub/src/cli/main.js', 'invite', name);
  return new URL(answer.trim(), stack.url).href;
}

/**
 * Presses Start and waits until JupyterLab is there; `underway` is called with the progress page in view.
 * Answers the seconds that it took.
 */
export async function startFromHome(
  page: Page,
  stack: Stack,
  underway: () => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  await page.goto(`${stack.url}/hub/home`);
  const begun = performance.now();
  await page
    .getByRole('button', { name: /^start/i })
    .first()
    .click();
  await underway();
  await labIsThere(page);
  return (performance.now() - begun) / 1000;
}

/** Opens the server that runs already. */
export async function openFromHome(page: Page, stack: Stack): Promise<void> {
  await page.goto(`${stack.url}/hub/home`);
  await page.getByRole('link', { name: /^open/i }).first().click();
  await labIsThere(page);
}

async function labIsThere(page: Page): Promise<void> {
  await page.waitForURL(/\/user\/[^/]+\/lab/, { timeout: 120_000 });
  await page.locator('#jp-main-dock-panel').waitFor({ timeout: 120_000 });
}

/** Stops the server from the home page, and waits until the page says so. */
export async function stopFromHome(page: Page, stack: Stack): Promise<void> {
  await page.goto(`${stack.url}/hub/home`);
  // The first press asks and says what is lost, the second does it.
  await page.locator('summary', { hasText: /^stop/i }).first().click();
  await page
    .getByRole('button', { name: /^yes, stop it/i })
    .first()
    .click();
  await page.goto(`${stack.url}/hub/home`);
  await page
    .getByRole('button', { name: /^start/i })
    .first()
    .waitFor({ timeout: 60_000 });
}
