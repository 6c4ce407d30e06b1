import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBusyHouse } from '../support/busy-house.ts';
import { everyPage, everyPattern } from '../support/every-page.ts';
import { openHouseBrowser } from '../support/house-browser.ts';
import type { PagesHouse } from '../support/pages-house.ts';
import { asPerson, faultsOf } from '../support/walker.ts';

/** `PAGES_WALK=whole`: every look for everybody. Else each colour, each width and each language is seen once. */
const WHOLE = process.env.PAGES_WALK === 'whole';
const VISITORS = [null, 'ana', 'mary'] as const;
const LOOKS = [
  { colorScheme: 'light', width: 1280, locale: 'en' },
  { colorScheme: 'dark', width: 375, locale: 'en' },
  { colorScheme: 'light', width: 375, locale: 'de' },
  { colorScheme: 'dark', width: 1280, locale: 'ko' },
  ...(WHOLE
    ? ([
        { colorScheme: 'dark', width: 1280, locale: 'en' },
        { colorScheme: 'light', width: 375, locale: 'en' },
        { colorScheme: 'light', width: 1280, locale: 'de' },
        { colorScheme: 'light', width: 375, locale: 'ko' },
      ] as const)
    : []),
] as const;
const LONGEST_MS = 20 * 60_000;

let house: PagesHouse;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = [await openBusyHouse(), await openHouseBrowser()];
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

it('leads to every page that the router knows', async () => {
  const answered = new Set<string>();
  for (const who of VISITORS) {
    for (const pattern of (await everyPage(house, who)).answered) answered.add(pattern);
  }
  // They need what a provider, a password or the engine gave, or end what the walk is in: others' tests go there.
  const elsewhere = [
    ...['/hub/setup', '/hub/account', '/hub/oauth_login', '/hub/oauth_callback', '/hub/logout'],
    ...['/hub/files/:volume', '/hub/files/:volume/backup'],
  ];
  const missed = everyPattern(house).filter((pattern) => !answered.has(pattern));
  expect(missed.filter((pattern) => !elsewhere.includes(pattern))).toEqual([]);
});

describe.each(VISITORS)('as %s', (who) => {
  it.each(LOOKS)(
    '$colorScheme, $width px, $locale: nothing serious on any page, nothing on the console, nothing too wide',
    async ({ colorScheme, width, locale }) => {
      const context = await asPerson(browser, house, who, {
        colorScheme,
        locale,
        viewport: { width, height: 800 },
      });
      const faults: string[] = [];
      const { pages } = await everyPage(house, who);
      for (const path of pages) {
        const page = await context.newPage();
        const note = (words: string) => faults.push(`${path}: ${words}`);
        listen(page, note);
        await page.goto(`${house.origin}${path}`);
        for (const fault of await faultsOf(page)) note(fault);
        await page.close();
      }
      await context.close();
      console.log(`${pages.length} pages as ${who ?? 'nobody'}, ${colorScheme}, ${width} px, ${locale}`);
      expect(pages.length).toBeGreaterThan(who === 'mary' ? 20 : who === 'ana' ? 8 : 2);
      expect(faults).toEqual([]);
    },
    LONGEST_MS,
  );
});

function listen(page: Page, note: (words: string) => void): void {
  page.on('console', (message) => {
    // A refusal is a page too, and Chromium tells of its status.
    if (message.type() === 'error' && !/status of (?:4\d\d|500)/.test(message.text())) note(message.text());
  });
  page.on('pageerror', (error) => note(String(error)));
}
