import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { newPerson } from '../browser.ts';
import { newNotebook, runCell } from '../jupyter-lab.ts';

const UPLOAD_MB = 200;
/** Not one of the other flows' names: two stacks on one engine would want the same container. */
export const PERSON = 'frieda';

export interface FrontFigures {
  readonly startSeconds: number;
  readonly uploadSeconds: number;
  /** Of most of what the browser loaded, as the browser names it: `http/1.1`, `h2`. */
  readonly protocol: string;
}

/** What a browser may claim of itself; nobody believes it. */
export const CLAIMED = '203.0.113.9';
const CLAIMS = {
  'X-Forwarded-For': CLAIMED,
  'X-Forwarded-Proto': 'http',
  'X-Forwarded-Host': 'elsewhere.example',
  'X-Forwarded-Port': '81',
  'X-Real-IP': CLAIMED,
  Forwarded: `for=${CLAIMED};proto=http;host=elsewhere.example`,
};

/**
 * A day of one person through a front server: signing in, JupyterLab, a kernel, a terminal, an upload of 200 MB,
 * stopping, signing out; all the while the browser claims to be another one elsewhere. `base` is the public address
 * with its path and no slash at the end; `enter` signs in and ends at home.
 */
export async function throughFrontServer(
  browser: Browser,
  base: string,
  enter: (page: Page) => Promise<void>,
  picture: string,
): Promise<FrontFigures> {
  const { context, page } = await newPerson(browser);
  await context.setExtraHTTPHeaders(CLAIMS);
  const failed: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('socketerror', (error) => failed.push(`${socket.url()}: ${error}`));
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // Pages that are left give up what they had asked for.
    if (reason !== 'net::ERR_ABORTED') failed.push(`${request.method()} ${request.url()}: ${reason}`);
  });
  await mkdir(dirname(picture), { recursive: true });
  try {
    return await aDay(page, base, enter, picture);
  } catch (error) {
    await page.screenshot({ path: picture.replace('.png', '-failed.png') });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason}\nWhat failed on the way: ${failed.join('; ') || 'none'}`);
  } finally {
    await context.close();
  }
}

async function aDay(
  page: Page,
  base: string,
  enter: (page: Page) => Promise<void>,
  picture: string,
): Promise<FrontFigures> {
  const path = new URL(base).pathname.replace(/\/$/, '');
  const strayed: string[] = [];
  page.on('response', (response) => {
    const { origin, pathname, protocol } = new URL(response.url());
    if (protocol !== 'https:') return;
    if (origin !== new URL(base).origin || !pathname.startsWith(`${path}/`)) strayed.push(response.url());
  });
  await enter(page);
  const begun = performance.now();
  await page.goto(`${base}/hub/home`);
  const start = page.getByRole('button', { name: /^start/i });
  await start.first().click();
  await page.waitForURL(/\/user\/[^/]+\/lab/, { timeout: 240_000 });
  await page.locator('#jp-main-dock-panel').waitFor({ timeout: 120_000 });
  const startSeconds = (performance.now() - begun) / 1000;
  await newNotebook(page);
  assert.equal(await runCell(page, '6*7'), '42');
  await terminal(page, base);
  const uploadSeconds = await upload(page, base);
  await page.screenshot({ path: picture });
  const protocol = await protocolOf(page);
  const cookies = await page.context().cookies();
  const plain = cookies.filter(
    ({ name, secure }) =>
      !secure && /^(jupyterhub-hub-login|jupyterhub-session-id|berth-visitor)$/.test(name),
  );
  assert.deepEqual(
    plain.map(({ name, path: at }) => `${name} ${at}`),
    [],
    'cookies of the hub are for HTTPS only',
  );

  await page.goto(`${base}/hub/home`);
  await page.locator('summary', { hasText: /^stop/i }).first().click();
  await page
    .getByRole('button', { name: /^yes, stop it/i })
    .first()
    .click();
  await page.goto(`${base}/hub/home`);
  await page
    .getByRole('button', { name: /^start/i })
    .first()
    .waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: /sign out/i }).click();
  await page.waitForURL(`${base}/hub/signed-out`);
  await page.goto(`${base}/user/${PERSON}/lab`);
  await page.waitForURL(`${base}/hub/login?next=**`);
  assert.deepEqual(strayed, [], 'every answer came from below the base path');
  return { startSeconds, uploadSeconds, protocol };
}

/** Types into a terminal; what it did shows as a file. */
async function terminal(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/user/${PERSON}/lab/workspaces/terminal?reset`);
  await Promise.all([
    page.waitForEvent('websocket', (socket) => socket.url().includes('/terminals/websocket/')),
    page.locator('.jp-LauncherCard[title*="terminal" i]').first().click(),
  ]);
  const screen = page.locator('.jp-Terminal .xterm-helper-textarea');
  await screen.waitFor({ state: 'attached', timeout: 60_000 });
  await page.locator('.jp-Terminal').click();
  await page.keyboard.type('echo $((6*7)) > ~/work/from-terminal.txt\n', { delay: 20 });
  for (let look = 0; look < 60; look++) {
    if ((await contentOf(page, base, 'from-terminal.txt')) === '42\n') return;
    await page.waitForTimeout(500);
  }
  throw new Error('what was typed into the terminal did not happen');
}

/** In two pieces of 100 MB, as JupyterLab's own pieces but larger: what a front server's bounds would stop. */
async function upload(page: Page, base: string): Promise<number> {
  const cookies = await page.context().cookies(`${base}/user/${PERSON}/`);
  const xsrf = cookies.find(({ name, path }) => name === '_xsrf' && path.includes(PERSON))?.value ?? '';
  const url = `${base}/user/${PERSON}/api/contents/large.bin`;
  const begun = performance.now();
  for (const chunk of [1, -1]) {
    // Sent by the browser itself, over the connections that it has.
    const reply = await page.evaluate(sendHalf, { url, chunk, xsrf, bytes: (UPLOAD_MB / 2) * 2 ** 20 });
    if (reply !== '') throw new Error(`the upload was answered with ${reply}`);
  }
  assert.equal(await sizeOf(page, base, 'large.bin'), UPLOAD_MB * 2 ** 20);
  return (performance.now() - begun) / 1000;
}

/** Runs in the page. Answers nothing, or what went wrong. */
async function sendHalf(piece: { url: string; chunk: number; xsrf: string; bytes: number }): Promise<string> {
  const content = `${'BwcH'.repeat(Math.floor(piece.bytes / 3))}${['', 'Bw==', 'Bwc='][piece.bytes % 3]}`;
  const reply = await fetch(piece.url, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'X-XSRFToken': piece.xsrf },
    body: JSON.stringify({ type: 'file', format: 'base64', content, chunk: piece.chunk }),
    signal: AbortSignal.timeout(240_000),
  });
  return reply.ok ? '' : `${reply.status}: ${await reply.text()}`;
}

/** Runs in the page: what most of its parts came by. */
function protocolOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const parts = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const counts = new Map<string, number>();
    for (const { nextHopProtocol: name } of parts) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 'none';
  });
}

async function contentOf(page: Page, base: string, name: string): Promise<string | null> {
  const reply = await page.request.get(`${base}/user/${PERSON}/api/contents/${name}`);
  if (!reply.ok()) return null;
  const { content } = (await reply.json()) as { content: string };
  return content;
}

async function sizeOf(page: Page, base: string, name: string): Promise<number> {
  const reply = await page.request.get(`${base}/user/${PERSON}/api/contents/${name}?content=0`);
  if (!reply.ok()) return 0;
  const { size } = (await reply.json()) as { size: number };
  return size;
}
