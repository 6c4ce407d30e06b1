import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's own, headless. */
export const CHROMIUM = '/usr/bin/chromium';
/** It asks nobody but the addresses that a test opens. */
export const CHROMIUM_WORDS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_WORDS });
}

/** A person at a browser of their own: no cookie is shared with anybody. */
export async function newPerson(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    ignoreHTTPSErrors: true,
  });
  context.setDefaultTimeout(60_000);
  return { context, page: await context.newPage() };
}
