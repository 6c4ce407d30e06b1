import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { newPerson } from '../../e2e/browser.ts';
import { openQuietBrowser, type QuietBrowser } from '../../e2e/quiet-browser.ts';
import { docker } from '../locked-container.ts';
import { forwarderImage } from '../ports/forwarder-image.ts';
import { RunningHub } from '../running-hub.ts';
import { freePort } from '../running-proxy.ts';
import { type FrontNginx, openFrontNginx } from './front-nginx.ts';
import { readProfiles } from './image-profiles.ts';

const PICTURES = join(import.meta.dirname, '../../output/images');
const PASSWORD = 'for the images';
/** Also where a test of the whole catalogue has images under names of its own. */
export const PREFIX = process.env.NOTEBOOK_PREFIX ?? 'berth-notebook-';

export interface HouseOptions {
  /** Of the catalogue; each has to be built. */
  readonly images: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  /** As they would stand in config.yaml, besides those of the images. */
  readonly profiles?: readonly unknown[];
}

/** Hub, proxy, engine and a real nginx before them under /jhub/, with profiles of the catalogue; and a browser. */
export class ImagesHouse {
  readonly hub: RunningHub;
  /** The public address, with the path and no slash behind. */
  readonly url: string;
  readonly #browser: QuietBrowser;
  readonly #nginx: FrontNginx;

  private constructor(hub: RunningHub, url: string, browser: QuietBrowser, nginx: FrontNginx) {
    this.hub = hub;
    this.url = url;
    this.#browser = browser;
    this.#nginx = nginx;
  }

  static async open({ images, settings = {}, profiles = [] }: HouseOptions): Promise<ImagesHouse> {
    for (const id of images) await docker(['image', 'inspect', '-f', '{{.Id}}', `${PREFIX}${id}`]);
    await mkdir(PICTURES, { recursive: true });
    const port = await freePort();
    const browser = await openQuietBrowser(`itest-images-${process.pid}-${port}`);
    const url = `http://${browser.host}:${port}/jhub`;
    let hub: RunningHub | undefined;
    try {
      hub = await RunningHub.open({
        settings: {
          AUTHENTICATOR_CLASS: 'dummy',
          DUMMY_PASSWORD: PASSWORD,
          BASE_URL: '/jhub/',
          PUBLIC_URL: url,
          PROFILES: JSON.stringify([...(await readProfiles(images, PREFIX)), ...profiles]),
          CULL_ENABLED: 'false',
          ROOT_SERVERS: 'true',
          MEM_LIMIT: '1G',
          // The machine may be busy with other tests.
          HTTP_TIMEOUT: '120',
          PORT_FORWARDER_IMAGE: await forwarderImage(),
          ...settings,
        },
      });
      const nginx = await openFrontNginx({ host: browser.host, port }, hub.proxy.url);
      return new ImagesHouse(hub, url, browser, nginx);
    } catch (error) {
      await hub?.close();
      await browser.close();
      throw error;
    }
  }

  /** A name of this house only: container names are made from people's. */
  name(word: string): string {
    return `${word}-${this.hub.dock.word}`;
  }

  /** Somebody at a browser of their own, signed in by the form. */
  async person(name: string): Promise<Page> {
    const { page } = await newPerson(this.#browser.browser);
    await page.goto(`${this.url}/hub/login`);
    await page.locator('input[name="username"]').fill(name);
    await page.locator('input[name="password"]').fill(PASSWORD);
    await page.locator('main form button[type="submit"]').click();
    await page.waitForURL('**/hub/home');
    return page;
  }

  /** A browser of nobody. */
  async stranger(): Promise<Page> {
    return (await newPerson(this.#browser.browser)).page;
  }

  /** Chooses a profile on the page, presses Start and waits until the server's own page is there. */
  async start(page: Page, query: string): Promise<void> {
    await page.goto(`${this.url}/hub/spawn?${query}`);
    await page
      .getByRole('button', { name: /^start/i })
      .first()
      .click();
    await this.opens(page, /\/user\/[^/]+\//);
  }

  /** Waits until the page is at an address; a start that failed is told at once. */
  async opens(page: Page, address: RegExp): Promise<void> {
    const there = page.waitForURL(address, { timeout: 180_000 }).then(() => '');
    const failed = page
      .getByText(/SPAWN-\d+/)
      .first()
      .waitFor({ timeout: 180_000 })
      .then(() => page.locator('main').textContent());
    const words = await Promise.any([there, failed]);
    if (words !== '') throw new Error(words ?? 'the start failed');
  }

  async photograph(page: Page, name: string): Promise<string> {
    const path = join(PICTURES, `${name}.png`);
    await page.screenshot({ path });
    return path;
  }

  async close(): Promise<void> {
    await this.#nginx.close();
    await this.#browser.close();
    await this.hub.close();
  }
}
