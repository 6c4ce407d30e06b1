// What a person does, in a real browser without scripts: every page here is a plain form.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, fromBase32 } from '../../../hub/src/adapters/system/one-time-codes.ts';
import { openBrowser } from '../../e2e/browser.ts';
import { GOOD, openPasswordHouse, type PasswordHouse } from './password-house.ts';

const FRESH = 'another harbour altogether';
let house: PasswordHouse;
let browser: Browser;

beforeAll(async () => {
  house = await openPasswordHouse({ ENABLE_SIGNUP: 'true' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function visit(): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 375, height: 760 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.goto(`${house.origin}/hub/login`);
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const codeNow = (secret: string): string => codeOf(fromBase32(secret), Math.floor(house.now() / 30_000));

test('from asking for an account to a second step, a new password and back in with a recovery code', async () => {
  const boss = await visit();
  const link = await house.hub.createInvitation({ user: null });
  await boss.goto(`${house.origin}/hub/setup?token=${link}`);
  await boss.getByLabel('Username').fill('boss');
  await boss.getByLabel('Password', { exact: true }).fill(GOOD);
  await boss.getByLabel('Password, once more').fill(GOOD);
  await boss.getByRole('button', { name: 'Create the administrator' }).click();

  const eve = await visit();
  await eve.goto(`${house.origin}/hub/login`);
  await eve.getByRole('link', { name: 'Ask for an account' }).click();
  await eve.getByLabel('Username').fill('Eve');
  await eve.getByLabel('Password', { exact: true }).fill(GOOD);
  await eve.getByLabel('Password, once more').fill(GOOD);
  await eve.getByRole('button', { name: 'Ask' }).click();
  expect(await eve.getByRole('heading', { level: 1 }).textContent()).toBe('You asked for an account');
  await signIn(eve, 'eve', GOOD);
  expect(await eve.getByRole('alert').first().textContent()).toContain('Nobody has let you in yet');

  await boss.goto(`${house.origin}/hub/admin`);
  await boss.getByRole('button', { name: 'Let in: eve' }).click();
  expect(await boss.getByRole('status').first().textContent()).toContain('eve can sign in now');

  await signIn(eve, 'eve', GOOD);
  expect(new URL(eve.url()).pathname).toBe('/hub/home');
  await eve.getByRole('link', { name: 'Account' }).click();
  await eve.getByLabel('Your password, to go on').fill(GOOD);
  await eve.getByRole('button', { name: 'Set up the second step' }).click();
  expect(await eve.getByRole('img', { name: /QR code/ }).isVisible()).toBe(true);
  const secret = ((await eve.locator('code').first().textContent()) ?? '').replaceAll(' ', '');
  await eve.getByLabel('Code of the app').fill(codeNow(secret));
  await eve.getByRole('button', { name: 'Turn it on' }).click();
  const codes = await eve.locator('.codes code').allTextContents();
  expect(codes).toHaveLength(10);
  await eve.getByRole('link', { name: 'I have kept them' }).click();

  await eve.getByLabel('Your password now').fill(GOOD);
  await eve.getByLabel('New password', { exact: true }).fill(FRESH);
  await eve.getByLabel('New password, once more').fill(FRESH);
  await eve.getByRole('button', { name: 'Change the password' }).click();
  expect(await eve.getByRole('status').first().textContent()).toContain('The password was changed');
  await eve.getByRole('button', { name: 'Sign out' }).click();

  await signIn(eve, 'eve', FRESH);
  expect(await eve.getByRole('heading', { level: 1 }).textContent()).toBe('One more step');
  await eve.getByLabel('Code').fill('000000');
  await eve.getByRole('button', { name: 'Go on' }).click();
  expect(await eve.getByRole('alert').first().textContent()).toContain('This code is not right');
  await eve.getByLabel('Code').fill(codes[0] ?? '');
  await eve.getByRole('button', { name: 'Go on' }).click();
  expect(new URL(eve.url()).pathname).toBe('/hub/home');

  await boss.goto(`${house.origin}/hub/admin`);
  await boss.locator('summary[aria-label="Actions: eve"]').click();
  await boss.locator('summary[aria-label="Second step of eve"]').click();
  await boss.getByRole('button', { name: /Yes, take it away/ }).click();
  expect(await boss.getByRole('status').first().textContent()).toContain(
    'The second step of eve was taken away',
  );
  const again = await visit();
  await signIn(again, 'eve', FRESH);
  expect(new URL(again.url()).pathname).toBe('/hub/home');
});
