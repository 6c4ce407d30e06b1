import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openHouseBrowser } from '../support/house-browser.ts';
import { RunningHub } from './running-hub.ts';

const PASSWORD = 'for trials';
const START_MS = 120_000;
/** More stops than any of the pages on the way has. */
const MOST_STOPS = 40;

let hub: RunningHub;
let browser: Browser;

beforeAll(async () => {
  hub = await RunningHub.open({
    settings: { AUTHENTICATOR_CLASS: 'dummy', DUMMY_PASSWORD: PASSWORD, MEM_LIMIT: '1G' },
  });
  browser = await openHouseBrowser();
});
afterAll(async () => {
  await browser?.close();
  await hub?.close();
});

/** What a screen reader says of the element that has the focus: its role and its name. */
async function said(page: Page): Promise<string> {
  const probe = await page.context().newCDPSession(page);
  const { result } = await probe.send('Runtime.evaluate', { expression: 'document.activeElement' });
  const { nodes } = await probe.send('Accessibility.getPartialAXTree', {
    objectId: result.objectId ?? '',
    fetchRelatives: false,
  });
  await probe.detach();
  return `${nodes[0]?.role?.value ?? ''} ${nodes[0]?.name?.value ?? ''}`.trim();
}

/** Presses Tab until a screen reader says something that fits. @throws Error with all that it said. */
async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  const heard: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    const words = await said(page);
    if (wanted.test(words)) return;
    heard.push(words);
    await page.keyboard.press('Tab');
  }
  throw new Error(`nothing is called ${wanted}: ${heard.join(', ')}`);
}

it('by the keyboard alone: sign in, start, JupyterLab, stop; each stop has a name that a screen reader says', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(START_MS);
  await page.goto(`${hub.proxy.url}/hub/login`);
  await tabTo(page, /^textbox (?:Name|Username|User)/i);
  await page.keyboard.type(hub.alice);
  await page.keyboard.press('Tab');
  expect(await said(page)).toMatch(/^textbox Password/);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/hub/home');

  await tabTo(page, /^button Start$/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/user\/[^/]+\/lab/, { timeout: START_MS });
  await page.locator('#jp-main-dock-panel').waitFor();

  await page.goto(`${hub.proxy.url}/hub/home`);
  await tabTo(page, /Stop /);
  await page.keyboard.press('Enter');
  await page.getByText('What is only in memory is lost').waitFor();
  await page.keyboard.press('Tab');
  expect(await said(page)).toMatch(/^button Yes, stop it/);
  await page.keyboard.press('Enter');
  await page.getByText('Stopped', { exact: true }).waitFor();
  expect((await hub.server())?.ready).not.toBe(true);
  await context.close();
}, 400_000);
