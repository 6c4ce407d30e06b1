// `npm run look`: every page in a real browser, light and dark, phone and desk, into test/output/look/.
// `npm run look -- home` takes only pages whose name begins so; `npm run look -- --serve` leaves a server up.
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import './tsx.ts';
import type { Browser, Page } from 'playwright-core';
import { securityHeaders } from '../../hub/src/http/middleware/security-headers.ts';
import { assetUrls, hashedName, readAssets } from '../../hub/src/http/pages/asset-files.ts';
import { openHouseBrowser } from '../support/house-browser.ts';

const { samples } = await import('./samples.ts');
const { LANGUAGES } = await import('../../hub/src/http/views/messages/languages.ts');
const { languageNamed } = await import('../../hub/src/http/language.ts');
const assets = readAssets();
const files = new Map(assets.map((asset) => [`/hub/static/${hashedName(asset.name, asset.hash)}`, asset]));
const urls = assetUrls(assets, '/');
// The hub's own headers, so that what its policy refuses is refused here.
let headers: Record<string, string> = {};
const context = { set: (all: Record<string, string>) => (headers = all) };
await securityHeaders(() => [])(context as never, async () => {});

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const output = join(import.meta.dirname, '../output/look');

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://look');
  const file = files.get(url.pathname);
  if (file !== undefined) {
    response.writeHead(200, { 'Content-Type': file.type }).end(file.body);
    return;
  }
  const pages: Readonly<Record<string, string>> = samples({
    assets: urls,
    t: languageNamed(url.searchParams.get('lang') ?? undefined) ?? LANGUAGES[0],
    ...(url.searchParams.has('now') ? { now: Date.now() } : {}),
  });
  const name = url.pathname.slice(1);
  const html = pages[name];
  const list = Object.keys(pages).map((page) => `<li><a href="/${page}">${page}</a>`);
  response
    .writeHead(html === undefined && name !== '' ? 404 : 200, {
      'Content-Type': 'text/html; charset=utf-8',
      ...headers,
    })
    .end(html ?? `<!doctype html><ul>${list.join('')}</ul>`);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

const words = process.argv.slice(2);
if (words.includes('--serve')) {
  console.log(origin);
} else {
  await shoot(words[0] ?? '');
  server.close();
}

async function shoot(begin: string): Promise<void> {
  mkdirSync(output, { recursive: true });
  const browser = await openHouseBrowser();
  const names = Object.keys(samples({ assets: urls })).filter((name) => name.startsWith(begin));
  let faults = 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 375]) {
      for (const name of names) faults += await shootOne(browser, { name, colorScheme, width });
    }
  }
  // The other languages: their words are longer or shorter, their colours the same.
  for (const { lang } of LANGUAGES.slice(1)) {
    for (const width of [1280, 375]) {
      for (const name of names) {
        faults += await shootOne(browser, { name, colorScheme: 'light', width, lang });
      }
    }
  }
  await browser.close();
  console.log(`${names.length} pages, ${faults} faults, in ${output}`);
  process.exitCode = faults === 0 ? 0 : 1;
}

interface Shot {
  readonly name: string;
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
  readonly lang?: string;
}

/** A picture of a page; the number of its faults: refused by the policy, wider than the screen, found by axe. */
async function shootOne(browser: Browser, { name, colorScheme, width, lang }: Shot): Promise<number> {
  const page = await browser.newPage({ colorScheme, viewport: { width, height: width < 500 ? 760 : 800 } });
  const faults: string[] = [];
  page.on('console', (message) => {
    // The samples' event stream leads nowhere; everything else on the console is a fault.
    if (message.type() === 'error' && !message.text().includes('404')) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`${origin}/${name}${lang === undefined ? '' : `?lang=${lang}`}`);
  faults.push(...(await axeFaults(page)));
  const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  if (Number(wide) > 0) faults.push(`${wide} px wider than the screen`);
  await page.screenshot({
    path: join(output, `${name}-${lang ?? colorScheme}-${width}.png`),
    fullPage: true,
  });
  await page.close();
  for (const fault of faults) console.log(`${name} ${lang ?? colorScheme} ${width}: ${fault}`);
  return faults.length;
}

/** What axe finds that is more than a matter of taste. Its own context is not held to the page's policy. */
async function axeFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const found: unknown = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap(({ id, impact, nodes }) => nodes.map(({ target }) => impact + ' ' + id + ' at ' + target)))`,
  );
  return Array.isArray(found) ? found.map(String) : ['axe did not answer'];
}
