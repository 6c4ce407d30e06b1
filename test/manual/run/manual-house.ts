import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { request } from 'undici';
import { newPerson, openBrowser } from '../../e2e/browser.ts';
import { docker } from '../../e2e/stack.ts';
import { must } from '../../prove/shell.ts';
import { ROOT } from '../pages.ts';
import { asTypedBy, type Reader } from '../reader.ts';
import { type Block, runBlock } from '../shell-blocks.ts';

export const NAME = 'berth-manual';
const PORT = 21_300;
const BLOCK_SECONDS = 1800;
/** In the pictures, too. */
const FAMILY = 'reed';

/** Names on the engine that are this reader's own; everything else is as the manual says. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  COMPOSE_PROJECT_NAME: NAME,
  JUPYTERHUB_PORT: String(PORT),
  DOCKER_NETWORK_NAME: `${NAME}-network`,
  DATA_VOLUME_HOST: `${NAME}-data`,
  BERTH_IMAGE: `${NAME}:latest`,
  BERTH_PROXY_IMAGE: `${NAME}-proxy:latest`,
  BERTH_PAM_IMAGE: `${NAME}-pam:latest`,
};

/** A reader of the manual at a machine: folders, a shell, a browser, and the hub that the first page sets up. */
export class ManualHouse {
  readonly folder: string;
  readonly browser: Browser;
  readonly url = `http://127.0.0.1:${PORT}`;
  /** Where the last `git clone` was made. */
  clone: string;
  /** An administrator's, once there is one; pages write it as $TOKEN. */
  token = '';
  /** The administrator's window. */
  page: Page | null = null;

  private constructor(folder: string, browser: Browser) {
    this.folder = folder;
    this.browser = browser;
    this.clone = join(folder, 'berth');
  }

  static async open(): Promise<ManualHouse> {
    const folder = await mkdtemp(join(tmpdir(), `${NAME}-`));
    await must(folder, ['chmod', '755', folder]);
    await must(folder, ['mkdir', 'nas', 'curl']);
    // Without it curl is content with a refusal, and so would every page be.
    await writeFile(join(folder, 'curl/.curlrc'), 'silent\nshow-error\nfail\n');
    return new ManualHouse(folder, await openBrowser());
  }

  get reader(): Reader {
    const { clone, folder } = this;
    return { repository: ROOT, project: clone, backups: join(folder, 'nas'), port: PORT, family: FAMILY };
  }

  /** As the reader calls somebody whom the manual calls `name`. */
  person(name: string): string {
    return asTypedBy(this.reader, name);
  }

  /** Runs a block, or writes the file that it is. */
  async follow(block: Block): Promise<string> {
    const typed = { ...block, text: asTypedBy(this.reader, block.text) };
    if (block.file !== '') {
      await this.write(block.file, typed.text);
      return '';
    }
    return /^git clone /.test(block.text)
      ? await this.cloneAndGoOn(typed)
      : await runBlock(typed, this.clone, this.environment, BLOCK_SECONDS);
  }

  /** A clone in a new place. Between it and the first `make` this reader writes names of their own into .env. */
  private async cloneAndGoOn(typed: Block): Promise<string> {
    const place = await mkdtemp(join(this.folder, 'place-'));
    await must(place, ['chmod', '755', place]);
    this.clone = join(place, 'berth');
    const [first = '', ...rest] = typed.text.split('\n');
    const cloned = await runBlock({ ...typed, text: first }, place, this.environment, BLOCK_SECONDS);
    // A restored .env brings its names along.
    if (!/\bmake restore /.test(typed.text)) await this.set(OWN_NAMES);
    const text = rest.join('\n').replace(/^cd berth$/m, '');
    return `${cloned}\n${await runBlock({ ...typed, text }, this.clone, this.environment, BLOCK_SECONDS)}`;
  }

  /** Lines of .env; in force with the next `make up`. */
  async set(settings: Readonly<Record<string, string>>): Promise<void> {
    const path = join(this.clone, '.env');
    const text = await readFile(path, 'utf8').catch(() => readFile(join(this.clone, '.env.example'), 'utf8'));
    const kept = text.split('\n').filter((line) => !Object.hasOwn(settings, line.split('=')[0] ?? ''));
    const added = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    await writeFile(path, `${[...kept, ...added].join('\n').trimEnd()}\n`, { mode: 0o600 });
  }

  async write(path: string, text: string | Uint8Array): Promise<void> {
    await must(this.clone, ['mkdir', '-p', dirname(path)]);
    await writeFile(join(this.clone, path), text);
  }

  async shell(text: string, seconds = 900): Promise<string> {
    return await must(this.clone, ['bash', '-euo', 'pipefail', '-c', text], {
      environment: this.environment,
      seconds,
    });
  }

  /** @throws Error when the hub answers with a refusal, unless it is one of `allowed`. */
  async api(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    allowed: readonly number[] = [],
  ) {
    const answer = await request(`${this.url}/hub/api${path}`, {
      method,
      headers: { authorization: `token ${this.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 400 && !allowed.includes(answer.statusCode)) {
      throw new Error(`${method} ${path} was answered with ${answer.statusCode}: ${text}`);
    }
    return text === '' ? null : JSON.parse(text);
  }

  async newPage(): Promise<Page> {
    return (await newPerson(this.browser)).page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await must(this.clone, ['make', 'clean', 'YES=1'], { environment: this.environment }).catch(() => '');
    // By name: removing by id takes the same image from others who built it under names of theirs.
    const named = await docker('images', '--format', '{{.Repository}}:{{.Tag}}', `${NAME}*`);
    for (const image of named.split('\n').filter((name) => name !== ''))
      await docker('image', 'rm', '-f', image).catch(() => '');
    await rm(this.folder, { recursive: true, force: true });
  }

  private get environment(): Readonly<Record<string, string>> {
    return { ...OWN_NAMES, TOKEN: this.token, CURL_HOME: join(this.folder, 'curl') };
  }
}
