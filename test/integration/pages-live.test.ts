import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readProfileList } from '../../hub/src/config/profiles/profile-list.ts';
import type { Server } from '../../hub/src/domain/server.ts';
import { serverKey } from '../../hub/src/domain/server.ts';
import { openHouseBrowser } from '../support/house-browser.ts';
import { openPagesHouse, type PagesHouse } from '../support/pages-house.ts';

let browser: Browser;
let house: PagesHouse;
let context: BrowserContext;
let faults: string[];

beforeAll(async () => {
  browser = await openHouseBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  house = await openPagesHouse({ spawn: 'slow', notebooks: true });
  await house.addUser('alice');
  faults = [];
});
afterEach(async () => {
  await context.close();
  await house.close();
});

/** A page of alice's browser. */
async function openPage(scripts = true): Promise<Page> {
  context = await browser.newContext({ javaScriptEnabled: scripts });
  const { cookie } = await house.signIn('alice');
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return { name, value, url: house.origin };
    }),
  );
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  return page;
}

/** The start reaches a state, as the use case would tell it. */
async function reach(state: Server['state'], percent: number, message: string): Promise<void> {
  const server = house.store.servers.get(serverKey('alice', ''));
  if (server === undefined) throw new Error('nothing was started');
  await house.store.change((drafts) => drafts.servers.put({ ...server, state }));
  const at = house.hub.clock.now();
  const step = { at, since: at, state, percent, message };
  house.hub.facts.tell({ kind: 'server-step', user: 'alice', server: '', step });
}

const words = (page: Page) => page.locator('main').textContent();

describe('with scripts', () => {
  it('the progress goes on without a reload, says so in the title, and ends in the notebook', async () => {
    const page = await openPage();
    await page.goto(`${house.origin}/hub/home`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.waitForURL('**/hub/spawn-pending/alice');
    await page.evaluate('window.same = true');
    await reach('pulling', 41, 'Downloading scipy-notebook: 1.2 GB of 1.9 GB');
    await page.getByText('1.2 GB of 1.9 GB').waitFor();
    await expect.poll(() => page.title()).toBe('41 % · Starting · Berth');
    expect(await page.locator('progress').getAttribute('value')).toBe('41');
    expect(await page.locator('[aria-current="step"]').textContent()).toContain('Get the image');
    expect(await page.evaluate('window.same')).toBe(true);
    await house.finishStart('alice', '', 'ready');
    await page.waitForURL('**/user/alice/');
    expect(await page.textContent('h1')).toBe('The notebook');
    expect(faults).toEqual([]);
  });

  it('focus stays where it is while the page changes', async () => {
    const page = await openPage();
    await page.goto(`${house.origin}/hub/home`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const cancel = page.getByRole('button', { name: 'Cancel the start' });
    await cancel.focus();
    await reach('creating', 60, 'Making the container');
    await page.getByText('Making the container').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Cancel the start');
  });

  it('a lost stream comes back by itself', async () => {
    const page = await openPage();
    await page.goto(`${house.origin}/hub/home`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await reach('pulling', 20, 'A fifth');
    await page.getByText('A fifth').waitFor();
    await page.evaluate('window.same = true');
    house.cutConnections();
    await reach('pulling', 30, 'Going on');
    await page.getByText('Going on').waitFor();
    expect(await page.evaluate('window.same')).toBe(true);
  });

  it('cancelling leads home, though the stream ends meanwhile', async () => {
    const page = await openPage();
    await page.goto(`${house.origin}/hub/home`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await reach('pulling', 20, 'A fifth');
    await page.getByText('A fifth').waitFor();
    house.answerSlowly(2500);
    await page.getByRole('button', { name: 'Cancel the start' }).click();
    await page.waitForURL('**/hub/home');
    await page.getByText('Stopped', { exact: true }).waitFor();
  });

  it('a kind of server is chosen by a click on its card, with an option of one’s own, without scripts', async () => {
    const read = readProfileList(
      [
        { display_name: 'Plain' },
        {
          display_name: 'Lab',
          description: 'With everything.',
          profile_options: {
            image: {
              display_name: 'Version',
              choices: { old: {} },
              unlisted_choice: {
                enabled: true,
                display_name: 'Image',
                kubespawner_override: { image: '{value}' },
              },
            },
          },
        },
      ],
      '',
    );
    if (typeof read === 'string') throw new Error(read);
    await house.close();
    house = await openPagesHouse({ spawn: 'slow', profiles: read.profiles });
    await house.addUser('alice');
    const page = await openPage(false);
    await page.goto(`${house.origin}/hub/home`);
    await page.getByRole('link', { name: 'Start', exact: true }).click();
    const version = page.getByLabel('Version');
    expect(await version.isVisible()).toBe(false);
    // Forced: what is clicked there is the label, which covers the card.
    await page.getByText('With everything.').click({ force: true });
    expect(await page.getByLabel('Image').isVisible()).toBe(false);
    await version.selectOption('Other…');
    await page.getByLabel('Image').fill('lab:7');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.waitForURL('**/hub/spawn-pending/alice');
    expect(house.store.servers.get('alice/')?.options).toEqual({
      profile: 'lab',
      'image--unlisted-choice': 'lab:7',
    });
  });

  it('a failed start shows its reason where the progress was', async () => {
    const page = await openPage();
    await page.goto(`${house.origin}/hub/home`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.waitForURL('**/hub/spawn-pending/alice');
    await house.finishStart('alice', '', 'failed');
    await page.getByRole('alert').waitFor();
    expect(await words(page)).toContain('The environment foo could not be found');
    expect(await page.title()).toContain('Start failed');
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  });

  it('a reload in the middle shows the same steps', async () => {
    const page = await openPage();
    await page.goto(`${house.origin}/hub/home`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await reach('waiting', 80, 'Waiting for an answer');
    await page.getByText('Waiting for an answer').waitFor();
    await page.reload();
    expect(await words(page)).toContain('Waiting for an answer');
    expect(await page.locator('.step-done').count()).toBe(4);
  });

  it('stopping asks first; Escape takes the question back', async () => {
    await house.runServer('alice');
    const page = await openPage();
    await page.goto(`${house.origin}/hub/home`);
    await page.locator('summary', { hasText: 'Stop' }).click();
    await page.getByText('What is only in memory is lost').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByText('What is only in memory is lost').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Yes, stop it/ }).click();
    await page.getByText('Stopped', { exact: true }).waitFor();
    expect(house.store.servers.get(serverKey('alice', ''))?.state).toBe('stopped');
  });

  it('home goes on by itself when a stop is over', async () => {
    await house.runServer('alice');
    const page = await openPage();
    await reach('stopping', 100, 'Stopping');
    await page.goto(`${house.origin}/hub/home`);
    await page.getByText('Stopping', { exact: true }).waitFor();
    await reach('stopped', 100, 'Stopped');
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
  });

  it('the keyboard alone reaches the content first', async () => {
    const page = await openPage();
    await page.goto(`${house.origin}/hub/home`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
  });
});

describe('without scripts', () => {
  it('the progress asks again by itself and ends in the notebook', async () => {
    const page = await openPage(false);
    await page.goto(`${house.origin}/hub/home`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.waitForURL('**/hub/spawn-pending/alice');
    await reach('pulling', 20, 'A fifth');
    await page.getByText('A fifth').waitFor();
    await house.finishStart('alice', '', 'ready');
    await page.waitForURL('**/user/alice/');
  });

  it('stopping, appearance and adding people are plain forms', async () => {
    await house.runServer('alice');
    const page = await openPage(false);
    await page.goto(`${house.origin}/hub/home`);
    await page.locator('summary', { hasText: 'Stop' }).click();
    await page.getByRole('button', { name: /Yes, stop it/ }).click();
    await page.getByText('Stopped', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Dark' }).click();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(page.url()).toBe(`${house.origin}/hub/home`);
  });
});
