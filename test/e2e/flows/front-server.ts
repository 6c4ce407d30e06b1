import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { newPerson } from '../browser.ts';
import { newNotebook, runCell } from '../jupyter-lab.ts';
import { throughLink } from '../people.ts';

const UPLOAD_MB = 200;
/** Not one of the other flows' names: two stacks on one engine would want the same container. */
export const PERSON = 'frieda';

export interface FrontFigures {
  readonly startSeconds: number;
  readonly uploadSeconds: number;
}

/**
 * A day of one person through a front server: one-time link, JupyterLab, a kernel, a terminal, an upload of 200 MB,
 * signing out. `base` is the public address with its path and no slash at the end.
 */
export async function throughFrontServer(
  browser: Browser,
  base: string,
  link: string,
  picture: string,
): Promise<FrontFigures> {
  const { context, page } = await newPerson(browser);
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
    return await aDay(page, base, link, picture);
  } catch (error) {
    await page.screenshot({ path: picture.replace('.png', '-failed.png') });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason}\nWhat failed on the way: ${failed.join('; ') || 'none'}`);
  } finally {
    await context.close();
  }
}

async function aDay(page: Page, base: string, link: string, picture: string): Promise<FrontFigures> {
  const path = new URL(base).pathname.replace(/\/$/, '');
  const strayed: string[] = [];
  page.on('response', (response) => {
    const { origin, pathname, protocol } = new URL(response.url());
    if (protocol !== 'https:') return;
    if (origin !== new URL(base).origin || !pathname.startsWith(`${path}/`)) strayed.push(response.url());
  });
  await throughLink(page, link, PERSON);
  const begun = performance.now();
  await page.goto(`${base}/hub/home`);
  const start = page.getByRole('button', { name: /^start/i });
  await start.first().click();
  await page.waitForURL(/\/user\/[^/]+\/lab/, { timeout: 240_000 });
  await labOpens(page);
  const startSeconds = (performance.now() - begun) / 1000;
  await newNotebook(page).catch(async () => {
    await page.reload();
    await newNotebook(page);
  });
  assert.equal(await runCell(page, '6*7'), '42');
  await terminal(page, base);
  const uploadSeconds = await upload(page, base);
  await page.screenshot({ path: picture });

  await page.goto(`${base}/hub/home`);
  await page.getByRole('button', { name: /sign out/i }).click();
  await page.waitForURL(`${base}/hub/signed-out`);
  await page.goto(`${base}/user/${PERSON}/lab`);
  await page.waitForURL(`${base}/hub/login?next=**`);
  assert.deepEqual(strayed, [], 'every answer came from below the base path');
  return { startSeconds, uploadSeconds };
}

/**
 * Chromium drops what it is loading when an interface of this machine comes or goes (ERR_NETWORK_CHANGED), as with
 * every container: then the page is loaded again, as a person would do it.
 */
async function labOpens(page: Page): Promise<void> {
  const panel = page.locator('#jp-main-dock-panel');
  for (let tries = 0; tries < 4; tries++) {
    const there = await panel.waitFor({ timeout: 45_000 }).then(
      () => true,
      () => false,
    );
    if (there) return;
    await page.reload();
  }
  throw new Error('JupyterLab did not open');
}

/** Types into a terminal; what it did shows as a file. */
async function terminal(page: Page, base: string): Promise<void> {
  const sockets = page.waitForEvent('websocket', (socket) => socket.url().includes('/terminals/websocket/'));
  await page.goto(`${base}/user/${PERSON}/lab/workspaces/terminal?reset`);
  await page.locator('.jp-LauncherCard[title*="terminal" i]').first().click();
  await sockets;
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
  const half = Buffer.alloc((UPLOAD_MB / 2) * 2 ** 20, 7).toString('base64');
  const begun = performance.now();
  for (const chunk of [1, -1]) {
    const reply = await page.request.put(`${base}/user/${PERSON}/api/contents/large.bin`, {
      data: { type: 'file', format: 'base64', content: half, chunk },
      headers: { 'X-XSRFToken': xsrf },
      timeout: 240_000,
    });
    if (!reply.ok()) throw new Error(`the upload was answered with ${reply.status()}: ${await reply.text()}`);
  }
  assert.equal(await sizeOf(page, base, 'large.bin'), UPLOAD_MB * 2 ** 20);
  return (performance.now() - begun) / 1000;
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
