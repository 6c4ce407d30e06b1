// Sharing a running notebook server, in browsers, with the genuine jupyterhub-singleuser behind a real nginx.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, WebSocket } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newNotebook, runCell } from '../../e2e/jupyter-lab.ts';
import { ImagesHouse } from '../images/images-house.ts';

const MINUTE = 60_000;
let house: ImagesHouse;
let alice: Page;
let bob: Page;
let carol: Page;
let names: { readonly alice: string; readonly bob: string; readonly carol: string };
/** Of alice's server. */
let lab: string;

beforeAll(async () => {
  house = await ImagesHouse.open({ images: ['minimal'], settings: { ALLOW_SHARING: 'true' } });
  names = { alice: house.name('alice'), bob: house.name('bob'), carol: house.name('carol') };
  [alice, bob, carol] = [
    await house.person(names.alice),
    await house.person(names.bob),
    await house.person(names.carol),
  ];
  lab = `${house.url}/user/${names.alice}/lab`;
  await house.start(alice, 'profile=minimal&page=lab');
}, 10 * MINUTE);
afterAll(() => house?.close());

/** alice fills her page's form; answers what it says afterwards. */
async function share(fill: (page: Page) => Promise<unknown>): Promise<string> {
  await alice.goto(`${house.url}/hub/home`);
  await alice.getByRole('link', { name: /^Share/ }).click();
  await fill(alice);
  await alice.getByRole('button', { name: 'Share', exact: true }).click();
  return (await alice.locator('.alert').textContent()) ?? '';
}

async function takeBack(who: string): Promise<void> {
  await alice.goto(`${house.url}/hub/share/${names.alice}`);
  const row = alice.locator('li.row', { hasText: who });
  await row.locator('summary').click();
  expect(await row.textContent()).toContain('What they changed stays changed.');
  await row.getByRole('button').click();
  await alice.getByText('It is taken back.').waitFor();
}

/** What a browser with this person's cookies is answered by the notebook's own API. */
async function asked(page: Page): Promise<number> {
  const answer = await page.request.get(`${house.url}/user/${names.alice}/api/kernels`, { maxRedirects: 0 });
  return answer.status();
}

/** Opens alice's Lab from the person's home page, through the page that asks. */
async function open(page: Page): Promise<void> {
  await page.goto(`${house.url}/hub/home`);
  await page.getByRole('link', { name: /^Open .*alice/ }).click();
  await allowed(page);
}

/** Past the page that asks; a notebook that remembers somebody asks the hub nothing. */
async function allowed(page: Page): Promise<void> {
  const allow = page.getByRole('button', { name: 'Allow and open' });
  await allow.or(page.locator('#jp-main-dock-panel')).first().waitFor({ timeout: MINUTE });
  if (await allow.isVisible()) await allow.click();
  await house.opens(page, /\/user\/[^/]+\/lab/);
}

async function outWithin(page: Page, ms: number): Promise<void> {
  const until = Date.now() + ms;
  while (Date.now() < until) {
    if ((await asked(page)) !== 200) return;
    await sleep(250);
  }
  throw new Error(`still in after ${ms} ms`);
}

test('a stranger never gets in: no page, no API, no word of it on the home page', async () => {
  await carol.goto(lab);
  expect(await carol.locator('h1').textContent()).not.toContain('JupyterLab');
  expect(await asked(carol)).toBe(403);
  await carol.goto(`${house.url}/hub/home`);
  expect(await carol.getByText('Shared with me').count()).toBe(0);
});

test(
  'bob opens alice’s Lab through the share, after being asked, and runs a cell there',
  async () => {
    expect(await asked(bob)).toBe(403);
    expect(await share((page) => page.locator('textarea[name="names"]').fill(names.bob))).toContain(
      'It is shared.',
    );
    await open(bob);
    await newNotebook(bob);
    expect(await runCell(bob, 'import os; print(os.environ["JUPYTERHUB_USER"])')).toBe(names.alice);
    await house.photograph(bob, 'shared-lab');
    expect(await asked(carol)).toBe(403);
  },
  5 * MINUTE,
);

test(
  'taken back, bob is out within seconds in the middle of his work: sockets, API, pages',
  async () => {
    let closed = 0;
    bob.on('websocket', (socket) => socket.on('close', () => (closed += 1)));
    await bob.reload();
    await bob.locator('.jp-NotebookPanel').first().waitFor({ timeout: MINUTE });
    await expect.poll(() => asked(bob), { timeout: 10_000 }).toBe(200);
    await takeBack(names.bob);
    await outWithin(bob, 2_000);
    await expect.poll(() => closed, { timeout: 10_000 }).toBeGreaterThan(0);
    await bob.goto(lab);
    expect(await bob.locator('body').textContent()).not.toContain('JupyterLab');
    // Nor with a session of another name: the notebook asks the hub then, and the hub says no.
    await bob.context().clearCookies({ name: 'jupyterhub-session-id' });
    expect(await asked(bob)).not.toBe(200);
    expect(await asked(alice)).toBe(200);
  },
  5 * MINUTE,
);

test(
  'shared anew, bob is let in again at once',
  async () => {
    await share((page) => page.locator('textarea[name="names"]').fill(names.bob));
    await open(bob);
    await expect.poll(() => asked(bob), { timeout: 10_000 }).toBe(200);
    await takeBack(names.bob);
    await outWithin(bob, 2_000);
  },
  5 * MINUTE,
);

test(
  'signed out before it is taken back, bob’s open Lab loses its sockets all the same',
  async () => {
    const sockets: WebSocket[] = [];
    const live = (): readonly WebSocket[] => sockets.filter((socket) => !socket.isClosed());
    await share((page) => page.locator('textarea[name="names"]').fill(names.bob));
    bob.on('websocket', (socket) => sockets.push(socket));
    await open(bob);
    await expect.poll(() => live().length, { timeout: MINUTE }).toBeGreaterThan(0);
    const other = await bob.context().newPage();
    await other.goto(`${house.url}/hub/home`);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByRole('heading', { name: 'You are signed out' }).waitFor();
    const before = live();
    expect(before.length).toBeGreaterThan(0);
    await takeBack(names.bob);
    await expect
      .poll(() => before.filter((socket) => !socket.isClosed()).length, { timeout: 10_000 })
      .toBe(0);
    bob = await house.person(names.bob);
  },
  5 * MINUTE,
);

test(
  'a group has it, and who leaves the group is out',
  async () => {
    await house.hub.api('POST', '/groups/readers', { users: [names.bob] });
    await share((page) => page.locator('select[name="group"]').selectOption('readers'));
    await open(bob);
    expect(await asked(carol)).toBe(403);
    await house.hub.api('DELETE', '/groups/readers/users', { users: [names.bob] });
    await outWithin(bob, 10_000);
    await takeBack('readers');
  },
  5 * MINUTE,
);

test(
  'everyone has it, until its end',
  async () => {
    await house.hub.api('POST', `/shares/${names.alice}/`, { everyone: true, expires_in: 60 });
    const end = Date.now() + MINUTE;
    await open(carol);
    expect(await asked(carol)).toBe(200);
    await outWithin(carol, end - Date.now() + 10_000);
    expect(Date.now()).toBeGreaterThan(end - 2_000);
  },
  5 * MINUTE,
);

test(
  'a link is taken up on a page that says what it gives',
  async () => {
    await alice.goto(`${house.url}/hub/share/${names.alice}`);
    await alice.getByRole('button', { name: 'Make a link' }).click();
    const link = (await alice.locator('.copy code').textContent()) ?? '';
    expect(link).toContain(`${house.url}/hub/accept-share?code=`);
    await carol.goto(link);
    expect(await carol.locator('main').textContent()).toContain('Type nothing into it that they may not see');
    await carol.getByRole('button', { name: 'Accept' }).click();
    await allowed(carol);
    expect(await asked(carol)).toBe(200);
    await takeBack(names.carol);
    await outWithin(carol, 2_000);
    await bob.goto(link);
    await bob.getByRole('link', { name: 'Not now' }).click();
    expect(await asked(bob)).not.toBe(200);
  },
  5 * MINUTE,
);
