import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { CLAIMED, PERSON, throughFrontServer } from '../e2e/flows/front-server.ts';
import { checkHardening } from '../e2e/hardening.ts';
import { PASSWORD, throughLink } from '../e2e/people.ts';
import { openQuietBrowser, type QuietBrowser } from '../e2e/quiet-browser.ts';
import { Stack } from '../e2e/stack.ts';

const run = promisify(execFile);
const PICTURES = join(import.meta.dirname, '../output/deploy');
const NAME = 'berth-front';
const PORTS = { JUPYTERHUB_PORT: '20610', HTTP_PORT: '20680', HTTPS_PORT: '20643' };
/** Away from the standard one: whoever runs Berth with a front server on this machine keeps theirs. */
const FRONT_NET = '172.16.206';

export type Front = 'nginx' | 'apache' | 'tls';

export interface Place {
  readonly front: Front;
  readonly path: string;
  /** The path stands in `config.yaml` as JupyterHub's `bind_url`, else in `.env`. */
  readonly inConfig: boolean;
  /** The hub asks the engine through the gate of `compose/socket-gate.yaml`. */
  readonly gate?: boolean;
}

/**
 * One appliance by one `make up`; then its front server and its base path are changed in `.env`, as an administrator
 * would, and it is used in a browser.
 */
export class FrontHouse {
  readonly stack: Stack;
  readonly #browser: QuietBrowser;
  #link: string | null = null;

  private constructor(stack: Stack, browser: QuietBrowser) {
    this.stack = stack;
    this.#browser = browser;
  }

  static async open(): Promise<FrontHouse> {
    const browser = await openQuietBrowser(`${NAME}-browser`);
    const stack = await Stack.make({
      name: NAME,
      port: Number(PORTS.JUPYTERHUB_PORT),
      userlist: `${PERSON} admin\n`,
      settings: {
        ...PORTS,
        FRONT_NET,
        BERTH_IMAGE: 'berth-front:latest',
        BERTH_PROXY_IMAGE: 'berth-front-proxy:latest',
        // The machine may be busy with other tests.
        HTTP_TIMEOUT: '240',
      },
    });
    await selfSigned(stack, browser.host);
    return new FrontHouse(stack, browser);
  }

  /** Puts a front server and a path in place and uses them. Answers the figures to print. */
  async prove(place: Place): Promise<string> {
    const { front, path } = place;
    const origin = `https://${this.#browser.host}:${front === 'tls' ? PORTS.JUPYTERHUB_PORT : PORTS.HTTPS_PORT}`;
    const base = `${origin}${path}`.replace(/\/$/, '');
    const begun = performance.now();
    try {
      await this.#swap(place, base);
      const swapSeconds = (performance.now() - begun) / 1000;
      const picture = join(PICTURES, `${front}${path.replaceAll('/', '-')}.png`);
      const enter = (page: Page) => this.#enter(page, base);
      const figures = await throughFrontServer(this.#browser.browser, base, enter, picture);
      const wanted = front === 'nginx' ? 'h2' : 'http/1.1';
      if (figures.protocol !== wanted)
        throw new Error(`the browser spoke ${figures.protocol}, not ${wanted}`);
      await leadsToTls(this.#browser.host);
      await this.#knowsTheBrowser();
      const services = await checkHardening(this.stack);
      const { startSeconds, uploadSeconds, protocol } = figures;
      return `${base} (${protocol}): in place after ${swapSeconds.toFixed(1)} s, JupyterLab after ${startSeconds.toFixed(1)} s, 200 MB uploaded in ${uploadSeconds.toFixed(1)} s; locked down: ${services.join(', ')}`;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${reason}\n${await this.#lastWords()}`);
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.stack.remove();
  }

  async #swap({ front, path, inConfig, gate }: Place, base: string): Promise<void> {
    const { stack } = this;
    await stack.set({
      COMPOSE_FILE: `compose.yaml:compose/${front}.yaml${gate === true ? ':compose/socket-gate.yaml' : ''}`,
      PUBLIC_URL: base,
      BASE_URL: inConfig ? '' : path,
    });
    const bind = `hub:\n  config:\n    JupyterHub:\n      bind_url: http://:8000${path}\n`;
    await stack.write('config.yaml', inConfig ? bind : '# nothing but .env\n');
    if (this.#link === null) {
      const found = new URL(stack.link(await stack.up()));
      this.#link = `${new URL(base).origin}${found.pathname}${found.search}`;
    } else {
      await stack.compose('up', '-d', '--remove-orphans');
      await stack.wait();
    }
  }

  /** The first time by the one-time link, which sets the password; then with the password. */
  async #enter(page: Page, base: string): Promise<void> {
    const link = this.#link;
    if (link === null) throw new Error('there is no link yet');
    if (link !== '') {
      await throughLink(page, link, PERSON);
      this.#link = '';
      return;
    }
    await page.goto(`${base}/hub/login`);
    await page.locator('input[name="username"]').fill(PERSON);
    await page.locator('input[name="password"]').fill(PASSWORD);
    await page.locator('main form button[type="submit"]').click();
    await page.waitForURL(`${base}/hub/home`);
  }

  /** The hub's log names the browser's address: neither the front server's nor what the browser claimed. */
  async #knowsTheBrowser(): Promise<void> {
    const log = await this.stack.compose('logs', '--no-color', 'hub');
    const signedIn = log.split('\n').filter((line) => line.includes('"kind":"signed-in"'));
    const address = /"address":"([^"]+)"/.exec(signedIn.at(-1) ?? '')?.[1] ?? 'none';
    if (address === CLAIMED) throw new Error('the hub takes a browser by its word');
    // The engine's own networks lie between: one of their addresses.
    if (!/^(?:172|192\.168|10)\./.test(address) || address === `${FRONT_NET}.2`)
      throw new Error(`the hub takes ${address} for the browser`);
  }

  async #lastWords(): Promise<string> {
    const log = await this.stack.compose('logs', '--no-color', '--tail=25').catch(() => '');
    return `${this.stack.output.slice(-1500)}\n${log.slice(-4000)}`;
  }
}

async function selfSigned(stack: Stack, host: string): Promise<void> {
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${host}`];
  await stack.write('secrets/jupyterhub.crt', '');
  await run('openssl', [
    ...words,
    ...['-addext', `subjectAltName=IP:${host}`],
    ...['-keyout', join(stack.directory, 'secrets/jupyterhub.key')],
    ...['-out', join(stack.directory, 'secrets/jupyterhub.crt')],
  ]);
}

/** Plain HTTP leads to the same place under TLS. */
async function leadsToTls(host: string): Promise<void> {
  const reply = await fetch(`http://${host}:${PORTS.HTTP_PORT}/a/b?c=%2F`, { redirect: 'manual' });
  const to = reply.headers.get('location') ?? '';
  if (
    reply.status < 300 ||
    reply.status > 308 ||
    !(to.startsWith(`https://${host}:`) && to.endsWith('/a/b?c=%2F'))
  ) {
    throw new Error(`plain HTTP was answered with ${reply.status} ${to}`);
  }
}
