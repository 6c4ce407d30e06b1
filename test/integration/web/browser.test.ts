import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImagesHouse } from '../images/images-house.ts';
import { PROFILES } from './web-house.ts';

// A real browser, behind a real nginx under /jhub/: what it makes of the cookie is not ours to say.
let house: ImagesHouse;
beforeAll(async () => {
  house = await ImagesHouse.open({ images: [], profiles: PROFILES, settings: { VISIT_LIFE: '5' } });
});
afterAll(() => house?.close());

/** Opens a WebSocket in the page, which notes what it hears and whether it is open. */
const openSocket = (page: Page) =>
  page.evaluate(async () => {
    const heard: string[] = [];
    const socket = new WebSocket(`${location.pathname}ws`);
    socket.onmessage = ({ data }) => heard.push(String(data));
    Object.assign(window, { tried: { socket, heard } });
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
  });

const say = (page: Page, text: string) =>
  page.evaluate(async (words) => {
    const { socket, heard } = (window as unknown as { tried: { socket: WebSocket; heard: string[] } }).tried;
    socket.send(words);
    for (let look = 0; look < 200 && !heard.some((one) => one.endsWith(words)); look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return heard.at(-1);
  }, text);

const statusOf = (page: Page, path: string) =>
  page.evaluate(async (to) => (await fetch(to, { headers: { accept: 'application/json' } })).status, path);

test('a page stays open and talking beyond its cookie’s life, holds no cookie in its hands, and is shut by signing out', async () => {
  const name = house.name('ann');
  const page = await house.person(name);
  await house.start(page, 'profile=app');
  await page.waitForFunction(() => document.body.textContent?.includes('x-forwarded-user'));
  expect(await page.locator('body').textContent()).toContain(`"x-forwarded-user":"${name}"`);
  expect(await page.evaluate(() => document.cookie)).not.toContain('berth-');
  const [visit] = (await page.context().cookies(page.url())).filter((one) =>
    one.name.startsWith('berth-visit-'),
  );
  expect(visit).toMatchObject({ path: `/jhub/user/${name}/`, httpOnly: true, sameSite: 'Lax', expires: -1 });

  await openSocket(page);
  for (let second = 0; second < 12; second += 1) {
    expect(await statusOf(page, `x/${second}`)).toBe(200);
    await sleep(1_000);
  }
  expect(await say(page, 'still here')).toBe(`${name}: still here`);

  const other = await page.context().newPage();
  await other.goto(`${house.url}/hub/logout`);
  await page.waitForFunction(
    () =>
      (window as unknown as { tried: { socket: WebSocket } }).tried.socket.readyState === WebSocket.CLOSED,
    undefined,
    { timeout: 15_000 },
  );
  expect(await statusOf(page, 'x/after')).toBe(403);
  await page.reload();
  await page.waitForURL('**/hub/login?next=*');
});

test('who is not asked in sees a page of the hub’s, and never the application', async () => {
  const owner = house.name('ben');
  const page = await house.person(owner);
  await house.start(page, 'profile=stripped');
  expect(await page.locator('body').textContent()).toContain('"url":"/"');
  const own = `${house.url}/user/${owner}/`;

  const stranger = await house.stranger();
  await stranger.goto(own);
  expect(stranger.url()).toContain('/jhub/hub/login?next=');
  const other = await house.person(house.name('cat'));
  await other.goto(own);
  expect(await other.locator('main').textContent()).not.toContain('x-forwarded-user');
  expect(await statusOf(other, `${own}x`)).toBe(401);
  await house.photograph(other, 'web-not-asked-in');
  // A link that leads into the middle comes out there after signing in.
  await stranger.goto(`${own}deep/er?x=1`);
  await stranger.locator('input[name="username"]').fill(owner);
  await stranger.locator('input[name="password"]').fill('for the images');
  await stranger.locator('main form button[type="submit"]').click();
  await stranger.waitForURL(`${own}deep/er?x=1`);
  expect(await stranger.locator('body').textContent()).toContain('"url":"/deep/er?x=1"');
});
