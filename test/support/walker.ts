import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { PagesHouse } from './pages-house.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A browser of somebody who is signed in, or of nobody. */
export async function asPerson(
  browser: Browser,
  house: PagesHouse,
  who: string | null,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(60_000);
  if (who === null) return context;
  const { cookie } = await house.signIn(who);
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return { name, value, url: house.origin };
    }),
  );
  return context;
}

/** What axe finds serious or critical on the page that is open. */
export async function axeOf(page: Page): Promise<readonly string[]> {
  // In a world of its own: the page's policy lets nobody else's script in.
  await page.evaluate(AXE);
  const found: unknown = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' at ' + target)))`,
  );
  return Array.isArray(found) ? found.map(String) : ['axe did not answer'];
}

/** What is wrong with it: serious findings of axe, and more width than the screen has. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const faults = await axeOf(page);
  const wide = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
  return wide > 0 ? [...faults, `${wide} px wider than the screen`] : faults;
}
