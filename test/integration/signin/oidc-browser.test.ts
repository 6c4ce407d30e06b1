import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { newPerson, openBrowser } from '../../e2e/browser.ts';
import { StandInIdentityProvider } from '../../stand-ins/identity-provider.ts';
import { RunningHub } from '../running-hub.ts';

const Z2JH = join(import.meta.dirname, '../../setups/z2jh/config.yaml');
const CRYPT_KEY = 'ab'.repeat(32);

let hub: RunningHub;
let realm: StandInIdentityProvider;
let browser: Browser;
let directory = '';
let settings: Record<string, string>;
/** What browsers complained of: a policy that blocks a form shows nowhere else. */
const complaints: string[] = [];

beforeAll(async () => {
  hub = await RunningHub.open();
  await hub.end();
  const at = hub.proxy.url;
  realm = await StandInIdentityProvider.listen(
    { callbackUrl: `${at}/hub/oauth_callback`, backchannelUrl: `${at}/hub/oauth_backchannel_logout` },
    { name: 'localhost' },
  );
  for (const name of ['admin', 'user3', 'user4', 'mallory']) realm.add(name);
  directory = await mkdtemp(join(tmpdir(), 'berth-oidc-'));
  settings = {
    ALLOW_ALL: '',
    CONFIG_FILE: join(directory, 'config.yaml'),
    JUPYTERHUB_CRYPT_KEY: CRYPT_KEY,
  };
  await writeFile(join(directory, 'config.yaml'), await labsConfiguration(at));
  await hub.start(settings);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await hub?.close();
  await realm?.close();
  if (directory !== '') await rm(directory, { recursive: true, force: true });
});

/** What a lab wrote for JupyterHub and Keycloak, letter for letter but for the hosts and the secret. */
async function labsConfiguration(at: string): Promise<string> {
  const { hub: labs } = parse(await readFile(Z2JH, 'utf8')) as { hub: unknown };
  return stringify({ hub: labs })
    .replaceAll('https://sso.example', realm.origin)
    .replaceAll('https://hub.example', at)
    .replaceAll('not-a-secret', realm.clientSecret);
}

async function person(): Promise<{ context: BrowserContext; page: Page }> {
  const opened = await newPerson(browser);
  opened.context.setDefaultTimeout(15_000);
  opened.page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  return opened;
}

/** From any address of the hub to the realm's page, and back with a name. */
async function signIn(page: Page, name: string, path = '/hub/home'): Promise<void> {
  await page.goto(`${hub.proxy.url}${path}`);
  await page.waitForURL(`${realm.origin}/**`);
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.waitForURL(`${hub.proxy.url}/**`);
}

async function leaveRealm(page: Page): Promise<void> {
  await page.waitForURL(`${realm.origin}/**`);
  await page.getByRole('button', { name: /yes/i }).click();
}

describe('a configuration that was written for JupyterHub and Keycloak', () => {
  test('takes people straight to their provider and back to where they wanted to go', async () => {
    const { context, page } = await person();
    await signIn(page, 'user3', '/hub/token');
    expect(new URL(page.url()).pathname).toBe('/hub/token');
    expect(await page.getByText('user3').first().isVisible()).toBe(true);
    // As the lab has it: sent along on the way to userdata.
    expect(realm.asked.some((url) => url.endsWith('/userinfo?state=state'))).toBe(true);
    await context.close();
  });

  test('makes those administrators whom it names, and keeps out whom it does not', async () => {
    const admin = await person();
    await signIn(admin.page, 'admin');
    expect(await admin.page.getByRole('link', { name: 'Administration' }).isVisible()).toBe(true);
    await admin.context.close();
    const mallory = await person();
    await signIn(mallory.page, 'mallory');
    expect(await mallory.page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'You are not on the list',
    );
    await mallory.page.goto(`${hub.proxy.url}/hub/home`);
    // The realm knows the browser: it comes back at once, and is refused again.
    expect(await mallory.page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'You are not on the list',
    );
    await mallory.context.close();
  });
});

describe('signing out of the hub', () => {
  test('signs out at the provider too: whoever sits down next has to say who they are', async () => {
    const { context, page } = await person();
    await signIn(page, 'user3');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await leaveRealm(page);
    await page.waitForURL(`${hub.proxy.url}/hub/signed-out`);
    await page.goto(`${hub.proxy.url}/hub/home`);
    await page.waitForURL(`${realm.origin}/**`);
    expect(await page.getByRole('heading', { name: 'The realm' }).isVisible()).toBe(true);
    await context.close();
  });

  test('by the link of a notebook too, and after a restart of the hub', async () => {
    const { context, page } = await person();
    await signIn(page, 'user3');
    await hub.end();
    await hub.start(settings);
    await page.reload();
    expect(new URL(page.url()).pathname).toBe('/hub/home');
    await page.goto(`${hub.proxy.url}/hub/logout`);
    await leaveRealm(page);
    await page.waitForURL(`${hub.proxy.url}/hub/signed-out`);
    const left = realm.asked.findLast((url) => url.includes('/logout?'));
    expect(new URL(left ?? '', realm.origin).searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    await context.close();
  });
});

test('signing out at the provider signs out of the hub, in that browser alone', async () => {
  const [one, other] = [await person(), await person()];
  await signIn(one.page, 'user4');
  await signIn(other.page, 'user4');
  await one.page.goto(`${realm.issuer}/protocol/openid-connect/logout?client_id=${realm.clientId}`);
  await leaveRealm(one.page);
  await one.page.waitForLoadState();
  await one.page.goto(`${hub.proxy.url}/hub/home`);
  expect(new URL(one.page.url()).origin).toBe(realm.origin);
  await other.page.goto(`${hub.proxy.url}/hub/home`);
  expect(new URL(other.page.url()).origin).toBe(hub.proxy.url);
  await one.context.close();
  await other.context.close();
});

test('neither tokens nor codes nor the secret are in the log, and no browser complained', async () => {
  await expect.poll(() => hub.log, { timeout: 10_000 }).toContain('user3');
  const codes = realm.asked.flatMap((url) => new URL(url, realm.origin).searchParams.getAll('id_token_hint'));
  expect(codes.length).toBeGreaterThan(0);
  for (const secret of [...codes, realm.clientSecret, CRYPT_KEY]) expect(hub.log).not.toContain(secret);
  expect(hub.log).not.toMatch(/eyJ[\w-]{20}|[?&]code=/);
  expect(complaints.filter((line) => /Content Security Policy|violates|blocked/i.test(line))).toEqual([]);
});
