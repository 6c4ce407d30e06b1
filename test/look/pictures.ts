// `npm run pictures`: the pictures of README and manual, docs/pictures/pages/*.png, of the views that `npm run look` shows.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openHouseBrowser } from '../support/house-browser.ts';
import { BEGINS_AT, pictureName, VIEW_PICTURES } from './picture-list.ts';

const run = promisify(execFile);
const TO = join(import.meta.dirname, '../../docs/pictures');
/** What a reader of the manual sees of a page: not all of its length. */
const HEIGHT = { 1280: 820, 375: 760 } as const;

mkdirSync(join(TO, 'pages'), { recursive: true });
const house = spawn(process.execPath, [join(import.meta.dirname, 'pages.ts'), '--serve'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [first] = await once(house.stdout, 'data');
const origin = String(first).trim();
const browser = await openHouseBrowser();
let bytes = 0;
for (const picture of VIEW_PICTURES) {
  const [view, colorScheme, width] = picture;
  const page = await browser.newPage({ colorScheme, viewport: { width, height: HEIGHT[width] } });
  const answer = await page.goto(`${origin}/${view}`);
  if (answer?.status() !== 200) throw new Error(`there is no view ${view}`);
  const name = pictureName(picture);
  const from = BEGINS_AT[name];
  if (from !== undefined) await page.locator(from).first().evaluate(scrollToTop);
  const path = join(TO, name);
  await page.screenshot({ path });
  await page.close();
  // A palette makes them a third as large; where the tool is missing they are larger, and as good.
  await run('pngquant', ['--force', '--skip-if-larger', '--output', path, path]).catch(() => {});
  bytes += statSync(path).size;
}
await browser.close();
house.kill();
console.log(`${VIEW_PICTURES.length} pictures, ${(bytes / 1024).toFixed(0)} KiB, in docs/pictures/pages`);

function scrollToTop(element: Element): void {
  element.scrollIntoView({ block: 'start', behavior: 'instant' });
}
