// Issue "Spawning", storage, in the browser where a person would see it: copy, put back, delete, save, remove.
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPerson, openBrowser } from '../e2e/browser.ts';
import type { RunningHub } from './running-hub.ts';
import { IMAGE } from './spawn-house.ts';
import { inside, openStorageHub, stopped, WORK } from './storage-hub.ts';

const PASSWORD = 'correct horse battery';

let hub: RunningHub;
let browser: Browser;
let bob: string;
let boss: string;

beforeAll(async () => {
  hub = await openStorageHub();
  bob = `bob-${hub.dock.word}`;
  boss = `boss-${hub.dock.word}`;
  await hub.end();
  await hub.start({
    AUTHENTICATOR_CLASS: 'dummy',
    DUMMY_PASSWORD: PASSWORD,
    JUPYTERHUB_ADMIN: boss,
    ENVIRONMENT_SAVERS: '*',
    STORAGE_QUOTA: '100K',
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const { id } of (await hub.api('GET', '/berth/environments')).json as { id: string }[]) {
    await stopped(hub).catch(() => {});
    await hub.api('DELETE', `/berth/environments/${id}`);
  }
  await hub?.close();
});

async function signIn(name: string): Promise<Page> {
  const { page } = await newPerson(browser);
  await page.goto(`${hub.pagesUrl}/hub/login`);
  await page.fill('input[name=username]', name);
  await page.fill('input[name=password]', PASSWORD);
  await page.press('input[name=password]', 'Enter');
  await page.waitForURL(/hub\/home/);
  return page;
}

test('a person takes a copy, deletes everything by writing its name, and puts the copy back', async () => {
  await hub.startServer();
  await inside(hub, `echo mine > ${WORK}/notes.txt && head -c 200000 /dev/urandom > ${WORK}/data`);
  const page = await signIn(hub.alice);
  await page.goto(`${hub.pagesUrl}/hub/files`);
  await page.click('text=Manage');
  await page.waitForSelector('text=In use now');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Download')]);
  expect(download.suggestedFilename()).toMatch(/-\d{4}-\d\d-\d\d\.tar\.gz$/);
  const copy = await download.path();
  expect((await readFile(copy)).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  await stopped(hub);
  await page.reload();
  const volume = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
  await page.fill('input[name=confirm]', 'something else');
  await page.click('text=Delete for good');
  await page.waitForSelector('text=nothing was deleted');
  expect(await hub.dock.volumes()).toContain(volume);
  await page.fill('input[name=confirm]', volume);
  await page.click('text=Delete for good');
  await page.waitForSelector(`text=${volume} was deleted`);
  expect(await hub.dock.volumes()).not.toContain(volume);
  await hub.startServer();
  expect(await inside(hub, `ls ${WORK} | wc -l`)).toBe('0');
  await inside(hub, `echo newer > ${WORK}/newer`);
  await stopped(hub);
  await page.goto(`${hub.pagesUrl}/hub/files/${volume}`);
  await page.setInputFiles('input[name=archive]', copy);
  await page.click('button:has-text("Put back")');
  await page.waitForSelector('text=is not empty');
  await page.check('input[name=replace]');
  await page.setInputFiles('input[name=archive]', copy);
  await page.click('button:has-text("Put back")');
  await page.waitForSelector('text=The files were put back');
  await hub.startServer();
  expect(await inside(hub, `cat ${WORK}/notes.txt; ls ${WORK}`)).toMatch(/^mine\s+data\s+notes\.txt$/);
});

test('an upload without the word of the form, or with another’s, is refused and changes nothing', async () => {
  const page = await signIn(hub.alice);
  await page.goto(`${hub.pagesUrl}/hub/files`);
  await page.click('text=Manage');
  await page.evaluate(
    "document.querySelectorAll('input[name=_xsrf]').forEach((field) => { field.value = 'x'; })",
  );
  await page.setInputFiles('input[name=archive]', {
    name: 'x.tar',
    mimeType: 'application/x-tar',
    buffer: Buffer.alloc(1024),
  });
  await page.check('input[name=replace]');
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.click('button:has-text("Put back")'),
  ]);
  expect(answer.status()).toBe(403);
  expect(await inside(hub, `cat ${WORK}/notes.txt`)).toBe('mine');
});

test('nobody finds another person’s files; an administrator finds everybody’s', async () => {
  const volume = (await hub.dock.volumes()).find((name) => name.includes('alice')) ?? '';
  const other = await signIn(bob);
  for (const path of [
    `/hub/files/${volume}`,
    `/hub/files/${volume}/backup`,
    '/hub/admin/volumes',
    '/hub/admin/images',
  ]) {
    const answer = await other.goto(`${hub.pagesUrl}${path}`);
    expect([403, 404]).toContain(answer?.status());
  }
  const page = await signIn(boss);
  await page.goto(`${hub.pagesUrl}/hub/admin/volumes`);
  expect(await page.textContent('table')).toContain(volume);
  await page.goto(`${hub.pagesUrl}/hub/admin/images`);
  expect(await page.textContent('table')).toContain(IMAGE);
});

test('who has too many files is told on the home page', async () => {
  await hub.end();
  await hub.start({
    AUTHENTICATOR_CLASS: 'dummy',
    DUMMY_PASSWORD: PASSWORD,
    JUPYTERHUB_ADMIN: boss,
    ENVIRONMENT_SAVERS: '*',
    STORAGE_QUOTA: '100K',
  });
  const page = await signIn(hub.alice);
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.textContent('main');
      },
      { timeout: 60_000, interval: 1000 },
    )
    .toContain('Your files take more room than you have');
});

test('a person saves an environment, chooses it on the form, which says that it is here, and removes it', async () => {
  const page = await signIn(hub.alice);
  await inside(hub, 'echo tool > /made');
  await page.click('text=Saved environments');
  await page.waitForSelector('text=Files on volumes are not part of it');
  await page.fill('input[name=name]', 'With a tool');
  await page.click('button:has-text("Save")');
  await page.waitForSelector('text=choose it at the next start');
  await stopped(hub);
  await page.goto(`${hub.pagesUrl}/hub/spawn`);
  const card = page.locator('.profile', { hasText: 'With a tool' });
  expect(await card.textContent()).toContain('on this machine');
  await card.locator('label').click();
  await page.click('button[type=submit].primary');
  await expect.poll(async () => (await hub.server())?.ready, { timeout: 60_000 }).toBe(true);
  expect(await inside(hub, 'cat /made')).toBe('tool');
  await stopped(hub);
  await page.goto(`${hub.pagesUrl}/hub/environments`);
  await page.click('summary:has-text("Remove")');
  await page.click('text=Yes, remove it');
  await page.waitForSelector('text=It is removed');
  expect((await hub.api('GET', '/berth/environments')).json).toEqual([]);
});

test('an account is removed with its files only when the box says so', async () => {
  const page = await signIn(boss);
  await hub.startServer(bob, {});
  await stopped(hub, bob);
  const theirs = (await hub.dock.volumes()).filter((name) => name.includes('bob'));
  expect(theirs).toHaveLength(1);
  await page.goto(`${hub.pagesUrl}/hub/admin/remove/${bob}`);
  expect(await page.textContent('form.stack')).toContain(theirs[0]);
  await page.check('input[name=volumes]');
  await page.click('button.danger');
  await page.waitForURL(/removed=/);
  expect((await hub.dock.volumes()).filter((name) => name.includes('bob'))).toEqual([]);
});
