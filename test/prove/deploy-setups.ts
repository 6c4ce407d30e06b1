import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { newPerson } from '../e2e/browser.ts';
import { throughLink } from '../e2e/people.ts';
import { openQuietBrowser } from '../e2e/quiet-browser.ts';
import { docker, type Stack } from '../e2e/stack.ts';
import { StandInGitHub } from '../stand-ins/github.ts';
import { StandInIdentityProvider } from '../stand-ins/identity-provider.ts';
import { proveApachePart } from './deploy-setup-apache.ts';
import type { Line } from './lines.ts';
import {
  bridge,
  setupFile,
  setupStack,
  signInWithPassword,
  standInImages,
  startsBy,
  startsFromHome,
  withStack,
} from './setups-stack.ts';

const PICTURES = join(import.meta.dirname, '../output/deploy');
const PORTS = { old: 20_501, now: 20_502, z2jh: 20_503, apache: 20_504, front: 20_505 };

/** `host`: this machine, as the browser reaches it. */
type Show = (page: Page, host: string) => Promise<string>;

/** Line 1 of the issue: each of the four old setups starts with its files unchanged, somebody signs in, a kernel answers. */
export function setupLines(): readonly Line[] {
  const line = (number: string, what: string, show: Show): Line => ({
    number,
    what,
    show: () => inBrowser(number, show),
  });
  return [
    line(
      '1a',
      'deploy-docker’s old .env, userlist and oauth.env, unchanged: GitHub, a volume of its naming',
      oldSetup,
    ),
    line('1b', 'deploy-docker’s current .env, unchanged: the administrator’s link', currentSetup),
    line('1c', 'the z2jh config.yaml: GenericOAuthenticator, a profile; then DummyAuthenticator', z2jhSetup),
    line('1d', 'bind_url behind Apache with ProxyPreserveHost, its virtual host unchanged', (page, host) =>
      proveApachePart(page, host, PORTS.apache, PORTS.front),
    ),
  ];
}

async function inBrowser(number: string, show: Show): Promise<string> {
  const { browser, host, close } = await openQuietBrowser(`berth-import-browser-${number}`);
  const { page } = await newPerson(browser);
  await mkdir(PICTURES, { recursive: true });
  try {
    return await show(page, host);
  } finally {
    await page.screenshot({ path: join(PICTURES, `setup-${number}.png`) }).catch(() => {});
    await close();
  }
}

async function oldSetup(page: Page, here: string): Promise<string> {
  const images = await standInImages('jupyter/scipy-notebook:latest');
  const base = `http://${here}:${PORTS.old}`;
  const host = await bridge();
  const github = await StandInGitHub.listen(host);
  github.add('foo-bar', 4711);
  github.current = 'foo-bar';
  const volume = 'jupyterhub-user-foo-bar';
  await docker('volume', 'create', '--label', 'org.berth.test=import', volume);
  const stack = await setupStack('old', PORTS.old, {
    '.env': await setupFile('deploy-docker-2018/.env'),
    userlist: await setupFile('deploy-docker-2018/userlist'),
    // Addresses and secrets apart, as the four setups allow: this GitHub is a stand-in.
    'secrets/oauth.env': (await setupFile('deploy-docker-2018/oauth.env'))
      .replace(/^GITHUB_CLIENT_ID=.*$/m, `GITHUB_CLIENT_ID=${github.clientId}`)
      .replace(/^GITHUB_CLIENT_SECRET=.*$/m, `GITHUB_CLIENT_SECRET=${github.clientSecret}`)
      .replace('https://hub.example', base)
      .concat(`GITHUB_URL=http://${host}:${github.port}\n`),
  });
  try {
    return await withStack(stack, { images, volumes: [volume, 'jupyterhub-user-foo-2dbar'] }, async () => {
      await page.goto(`${base}/hub/login`);
      await page
        .getByRole('link', { name: /github/i })
        .or(page.getByRole('button', { name: /github/i }))
        .first()
        .click();
      await page.waitForURL(/\/hub\/home/);
      const seconds = await startsFromHome(page, base);
      const mounts = await docker('inspect', '--format', '{{json .Mounts}}', 'jupyter-foo-2dbar');
      if (!mounts.includes(`"${volume}"`)) throw new Error(`foo-bar's old volume is not used: ${mounts}`);
      const said = stack.output.match(/LOCAL_NOTEBOOK_IMAGE has no effect/g)?.length ?? 0;
      if (said === 0) throw new Error('what has no effect was not told');
      return `foo-bar by GitHub, the volume ${volume} as DockerSpawner 0.10 named it; kernel after ${seconds.toFixed(1)} s`;
    });
  } finally {
    await github.close();
  }
}

async function currentSetup(page: Page, here: string): Promise<string> {
  const images = await standInImages('quay.io/jupyter/base-notebook:latest');
  const base = `http://${here}:${PORTS.now}`;
  const stack = await setupStack('now', PORTS.now, { '.env': await setupFile('deploy-docker-now/.env') });
  return await withStack(stack, { images, volumes: ['jupyterhub-user-admin'] }, async (output) => {
    await throughLink(page, stack.link(output).replace('127.0.0.1', here), 'admin');
    const seconds = await startsFromHome(page, base);
    const image = await docker('inspect', '--format', '{{.Config.Image}}', 'jupyter-admin');
    if (image !== 'quay.io/jupyter/base-notebook:latest')
      throw new Error(`admin's server is made from ${image}`);
    return `admin by the one-time link, image ${image}; kernel after ${seconds.toFixed(1)} s`;
  });
}

const MINIMAL = 'quay.io/jupyter/minimal-notebook:latest';
const DATASCIENCE = 'quay.io/jupyter/datascience-notebook:latest';

async function z2jhSetup(page: Page, here: string): Promise<string> {
  const images = await standInImages(MINIMAL, DATASCIENCE);
  const base = `http://${here}:${PORTS.z2jh}`;
  const host = await bridge();
  const realm = await StandInIdentityProvider.listen({ callbackUrl: `${base}/hub/oauth_callback` }, { host });
  realm.current = realm.add('user1').sub;
  // Addresses and secrets apart.
  const config = (await setupFile('z2jh/config.yaml'))
    .replaceAll('https://sso.example', realm.origin)
    .replaceAll('https://hub.example', base)
    .replace('client_secret: not-a-secret', `client_secret: ${realm.clientSecret}`);
  const stack = await setupStack('z2jh', PORTS.z2jh, { 'config.yaml': config });
  try {
    return await withStack(stack, { images, volumes: ['lab-data'] }, async () => {
      // auto_login: no page of ours lies between.
      await page.goto(`${base}/hub/spawn`);
      const seconds = await startsBy(page, () => choose(page, base, 'Data science'));
      const made = await docker(
        'inspect',
        '--format',
        '{{.Config.Image}} {{.HostConfig.Memory}} {{json .Mounts}}',
        'jupyter-user1',
      );
      for (const part of [DATASCIENCE, String(2 * 2 ** 30), '"lab-data"', '"/home/jovyan/data"']) {
        if (!made.includes(part)) throw new Error(`the profile did not say ${part}: ${made}`);
      }
      await dummy(page, stack, base, config);
      return `user1 by OAuth and the profile Data science; kernel after ${seconds.toFixed(1)} s; then user3 by the Dummy's password`;
    });
  } finally {
    await realm.close();
  }
}

async function choose(page: Page, base: string, profile: string): Promise<void> {
  await page.goto(`${base}/hub/spawn`);
  // The mark whether its image is on this machine follows the name.
  await page.getByRole('radio', { name: new RegExp(`^${profile}`) }).check({ force: true });
  await page.locator('main form button[type="submit"]').last().click();
}

/** The same file with the other authenticator of it in force: a line is changed, and the hub comes up anew. */
async function dummy(page: Page, stack: Stack, base: string, config: string): Promise<void> {
  await page.context().clearCookies();
  const trial = config
    .replace('authenticator_class: generic-oauth', 'authenticator_class: dummy')
    .replace('auto_login: true', 'auto_login: false');
  await stack.write('config.yaml', trial);
  await stack.up();
  await signInWithPassword(page, base, 'user3', 'only-for-trials');
  await startsBy(page, () => choose(page, base, 'Minimal environment'));
}
