import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { RunningHub } from '../integration/running-hub.ts';
import { openHouseBrowser } from '../support/house-browser.ts';
import { axeOf } from '../support/walker.ts';
import { startJupyterHub } from './real-jupyterhub-pages.ts';

/** Interleaved, so that both meet the machine as it is at that time. */
const ROUNDS = Number(process.env.PROVE_PAGES_ROUNDS ?? 5);
const PASSWORD = 'for trials';
/** Whoever has said nothing of a failure by then is quoted with what stands there. */
const FAILURE_MS = 120_000;
const PAGE = join(import.meta.dirname, '../../docs/explanation/pages-beside-jupyterhub.md');

interface Side {
  readonly name: 'Berth' | 'JupyterHub 5.2.1';
  readonly url: string;
  readonly admin: string;
  readonly person: string;
  /** Whose start fails: nothing to run, and something that ends at once. */
  readonly failing: readonly (readonly [what: string, user: string, prepare?: () => Promise<void>])[];
  close(): Promise<void>;
}

interface Weighed {
  readonly requests: number;
  readonly bytes: number;
  readonly paint: number;
  readonly wide: number;
  readonly serious: number;
}

/** Both hubs run, both are walked by one browser; the table is written where the manual has it. */
export async function besideJupyterHub(): Promise<string> {
  const browser = await openHouseBrowser();
  const sides: Side[] = [];
  try {
    sides.push(await startOurs(), await startTheirs());
    const text = await compare(browser, sides);
    writeFileSync(PAGE, text.page);
    return text.summary;
  } finally {
    await browser.close();
    for (const side of sides) await side.close();
  }
}

async function startOurs(): Promise<Side> {
  const settings = { AUTHENTICATOR_CLASS: 'dummy', DUMMY_PASSWORD: PASSWORD, ADMIN_USERS: 'mary' };
  const hub = await RunningHub.open({ settings });
  const again = (changed: Readonly<Record<string, string>>) => async () => {
    await hub.end();
    await hub.start(changed);
  };
  return {
    name: 'Berth',
    url: hub.proxy.url,
    admin: 'mary',
    person: hub.alice,
    failing: [
      ['The image does not exist', hub.alice, again({ DOCKER_NOTEBOOK_IMAGE: 'berth-no-such-image:1' })],
      ['The command ends with an error', hub.alice, again({ DOCKER_SPAWN_CMD: 'sh /no/such/script' })],
    ],
    close: () => hub.close(),
  };
}

async function startTheirs(): Promise<Side> {
  const hub = await startJupyterHub();
  return {
    name: 'JupyterHub 5.2.1',
    url: hub.url,
    admin: 'mary',
    person: 'alice',
    failing: [
      ['The program does not exist', 'fay'],
      ['The command ends with an error', 'dan'],
    ],
    close: hub.close,
  };
}

const PAGES = [
  ['sign-in', null, '/hub/login'],
  ['home', 'person', '/hub/home'],
  ['tokens', 'person', '/hub/token'],
  ['administration', 'admin', '/hub/admin'],
] as const;

async function compare(browser: Browser, sides: readonly Side[]) {
  const weights = new Map<string, Weighed[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, who, path] of PAGES) {
      for (const side of sides) {
        const key = `${name} ${side.name}`;
        const user = who === null ? null : side[who];
        weights.set(key, [...(weights.get(key) ?? []), await weigh(browser, side, user, path)]);
      }
    }
  }
  const ways = [];
  for (const side of sides) ways.push(await way(browser, side));
  const failures = [];
  for (const side of sides) failures.push(await tellFailures(browser, side));
  const bare = [];
  for (const side of sides) bare.push(await withoutScripts(browser, side));
  return write(weights, sides, { ways, failures, bare });
}

async function signIn(page: Page, url: string, user: string): Promise<void> {
  await page.goto(`${url}/hub/login?next=%2Fhub%2Fhome`);
  await page.locator('input[name="username"]').fill(user);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('input[name="password"]').press('Enter');
  await page.waitForURL('**/hub/home');
}

/** A page in a browser that has seen nothing of this hub but its sign-in, with an empty cache, on a phone's width at the end. */
async function weigh(browser: Browser, side: Side, user: string | null, path: string): Promise<Weighed> {
  const first = await browser.newContext();
  if (user !== null) {
    const door = await first.newPage();
    await signIn(door, side.url, user);
    await door.close();
  }
  const context = await browser.newContext({ storageState: await first.storageState() });
  await first.close();
  const page = await context.newPage();
  const probe = await context.newCDPSession(page);
  let [requests, bytes] = [0, 0];
  probe.on('Network.requestWillBeSent', () => {
    requests += 1;
  });
  probe.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await probe.send('Network.enable');
  await page.goto(`${side.url}${path}`, { waitUntil: 'load' });
  await page.waitForTimeout(500);
  const paint = Number(
    await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"),
  );
  const serious = (await axeOf(page)).length;
  await page.setViewportSize({ width: 375, height: 760 });
  const wide = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
  await context.close();
  return { requests, bytes, paint, wide: Math.max(0, wide), serious };
}

/** From the sign-in page to the notebook: what has to be pressed. */
async function way(browser: Browser, side: Side): Promise<{ clicks: number; keys: string }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(`${side.url}/hub/login`);
  await page.locator('input[name="username"]').fill(side.person);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('main button[type="submit"], #login_submit').first().click();
  let clicks = 1;
  await page.waitForURL(/\/hub\/(?:home|spawn)|\/user\//);
  const start = page.getByRole('button', { name: 'Start', exact: true });
  if (/\/hub\/home/.test(page.url())) {
    await start.click();
    clicks += 1;
  }
  await page.waitForURL(/\/user\/[^/]+\//);
  await context.close();
  return { clicks, keys: page.url().replace(/^https?:\/\/[^/]+/, '') };
}

/** What the person reads when a start fails. */
async function tellFailures(browser: Browser, side: Side): Promise<readonly (readonly [string, string])[]> {
  const told: (readonly [string, string])[] = [];
  for (const [what, user, prepare] of side.failing) {
    if (side.name === 'Berth') await stopOurs(browser, side, user);
    await prepare?.();
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await signIn(page, side.url, user);
    await page.locator('#start, button:has-text("Start"), a:has-text("Start My Server")').first().click();
    const words = page.locator('[role="alert"], .error p, #progress-message, .text-danger');
    await tellsOfFailure(page);
    await page.waitForTimeout(2500);
    const text = (await words.allInnerTexts()).join(' ').replace(/\s+/g, ' ').trim();
    told.push([what, text.slice(0, 400)]);
    await context.close();
  }
  return told;
}

/** Asked from outside: our pages let nothing be evaluated inside them. What is not on the screen does not count. */
async function tellsOfFailure(page: Page): Promise<void> {
  const end = performance.now() + FAILURE_MS;
  while (performance.now() < end) {
    const shown = String(await page.evaluate("(document.querySelector('main') ?? document.body).innerText"));
    if (/fail|error|could not|stopped|exist/i.test(shown)) return;
    await page.waitForTimeout(250);
  }
}

async function stopOurs(browser: Browser, side: Side, user: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, side.url, user);
  const stop = page.locator('summary', { hasText: 'Stop' });
  if (await stop.isVisible()) {
    await stop.click();
    await page.getByRole('button', { name: /Yes, stop it/ }).click();
    await page
      .getByRole('button', { name: /^Start/ })
      .first()
      .waitFor({ timeout: 60_000 });
  }
  await context.close();
}

async function withoutScripts(browser: Browser, side: Side): Promise<string> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, side.url, side.person);
  const forms = await page.locator('main form[method="post"] button, main summary').count();
  const words = (await page.locator('noscript').allTextContents()).join(' ').replace(/\s+/g, ' ').trim();
  await context.close();
  if (forms > 0) return 'the page is whole; start and stop are forms';
  return `no button does anything; the page says: “${words.slice(0, 120)}”`;
}

type Told = {
  readonly ways: readonly { clicks: number; keys: string }[];
  readonly failures: readonly (readonly (readonly [string, string])[])[];
  readonly bare: readonly string[];
};

function write(weights: ReadonlyMap<string, readonly Weighed[]>, sides: readonly Side[], told: Told) {
  const mid = (name: string, side: Side, of: keyof Weighed) => {
    const all = (weights.get(`${name} ${side.name}`) ?? []).map((one) => one[of]).toSorted((a, b) => a - b);
    return all[Math.floor(all.length / 2)] ?? Number.NaN;
  };
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const pair = (words: string, value: (side: Side) => string) => row([words, ...sides.map(value)]);
  const measured = PAGES.flatMap(([name]) => [
    pair(`${name}: requests`, (side) => String(mid(name, side, 'requests'))),
    pair(`${name}: sent over the line`, (side) => `${(mid(name, side, 'bytes') / 1024).toFixed(0)} KiB`),
    pair(`${name}: first paint`, (side) => `${mid(name, side, 'paint').toFixed(0)} ms`),
    pair(`${name}: serious findings of axe`, (side) => String(mid(name, side, 'serious'))),
    pair(`${name}: wider than a phone (375 px) by`, (side) => `${mid(name, side, 'wide')} px`),
  ]);
  const failed = told.failures.flatMap((list, at) =>
    list.map(([what, text]) => row([what, sides[at]?.name ?? '', text.replaceAll('|', '\\|')])),
  );
  const table = [
    row(['', ...sides.map(({ name }) => name)]),
    row(['---', '---', '---']),
    ...measured,
    row(['presses from the sign-in form to the notebook', ...told.ways.map(({ clicks }) => String(clicks))]),
    row(['home page without scripts', ...told.bare]),
  ].join('\n');
  const page = `# Berth's pages beside JupyterHub's

Written by \`npm run prove:pages\`: both hubs run on one machine, and one browser walks both. JupyterHub is 5.2.1 with
its own pages and proxy, as Debian packages it, with the dummy authenticator, a stand-in for the notebook and servers as local
processes (no DockerSpawner); Berth runs with the engine and JupyterLab. Each page is opened ${ROUNDS} times by turns, with an empty cache; the middle value is told.

${table}

## What each tells when a start fails

${[row(['what went wrong', 'hub', 'what the person reads']), row(['---', '---', '---']), ...failed].join('\n')}

## Where theirs is better

- **Fewer presses.** After signing in JupyterHub starts the server by itself. In Berth a link starts nothing
  ([decision 0004](../decisions/0004-pages.md)): people arrive at their home page and press Start.
- **Pages of one's own.** JupyterHub's templates can be replaced by an administrator, page by page; Berth's
  cannot. Custom logos and pages of hundreds of sites are made for those templates.
- **Used for ten years.** Its pages are known to teachers and described in many manuals; every picture of them helps its users.
`;
  const summary = `${PAGES.map(([name]) => `${name}: ${sides.map((side) => `${mid(name, side, 'requests')} requests, ${(mid(name, side, 'bytes') / 1024).toFixed(0)} KiB, ${mid(name, side, 'paint').toFixed(0)} ms`).join(' beside ')}`).join('\n')}\npresses to the notebook: ${told.ways.map(({ clicks }) => clicks).join(' beside ')}`;
  return { page, summary };
}
