import type { Dispatcher } from 'undici';
import type { WebSocket } from 'ws';
import { ContractBrowser, type Visit } from '../integration/contract-browser.ts';
import { type KernelChannel, speakOver } from '../integration/kernel-channel.ts';
import type { Ledger } from './ledger.ts';
import { ActFailed, type Tally } from './tally.ts';
import { wordsOf } from './words-of-page.ts';

/** Behind a line of 300 the last one waits minutes. */
const START_MS = 15 * 60_000;
const STOP_MS = 120_000;
const STOP_LOOK_MS = 500;
const KERNEL_MS = 60_000;
/** So often a page whose stream has broken asks again. */
const AGAIN_MS = 3_000;
const MOST_LOOKS = START_MS / AGAIN_MS;

export interface PersonOptions {
  readonly url: string;
  readonly name: string;
  readonly password: string;
  /** The slug of the profile that they choose. */
  readonly profile: string;
  readonly tally: Tally;
  readonly ledger: Ledger;
  readonly dispatcher: Dispatcher;
}

/** Somebody at a browser: what they press, and what their open JupyterLab asks meanwhile. */
export class Person {
  readonly name: string;
  readonly #options: PersonOptions;
  readonly #browser: ContractBrowser;
  #kernel: string | null = null;
  #channel: KernelChannel | null = null;

  constructor(options: PersonOptions) {
    this.name = options.name;
    this.#options = options;
    this.#browser = new ContractBrowser(options.url, options.url, options.dispatcher);
  }

  /** Name and password, and home. */
  async signIn(): Promise<void> {
    await this.#time('open the sign-in page', async () => expect(await this.#get('/hub/login'), 200));
    await this.#time('sign in', async () => {
      const { name, password } = this.#options;
      expect(await this.#post('/hub/login', { username: name, password }), 302);
    });
    await this.#time('home page', async () => expect(await this.#get('/hub/home'), 200));
  }

  /** Whether the hub knows them still: home is shown, and nobody is led to the sign-in page. */
  async isIn(): Promise<boolean> {
    return this.#browser.cookies('/hub/').length > 0 && (await this.#get('/hub/home')).status === 200;
  }

  /** Presses Start and watches until the page goes on to the server; nothing when it runs. */
  async startUnlessRunning(): Promise<void> {
    const { status, location } = await this.#get('/hub/spawn');
    if (status === 302 && location?.startsWith('/user/')) return;
    await this.#time('press Start', async () => {
      expect(await this.#post('/hub/spawn', { profile: this.#options.profile }), 303);
    });
    await this.#time('wait for the start', () => this.#watchStart());
  }

  /** The page of the server, with all that leads to it. */
  async open(): Promise<void> {
    await this.#time('open the notebook', async () => {
      const way = await this.#browser.follow(`/user/${this.name}/lab`);
      const last = way.at(-1);
      if (last === undefined || !last.path.startsWith(`/user/${this.name}/`)) {
        throw new ActFailed('elsewhere', `ended at ${last?.path}`);
      }
      expect(last, 200);
    });
  }

  /** The kernel of before, where the server still has it, else a new one; and the page's line to it. */
  async useKernel(): Promise<void> {
    if (this.connected) return;
    if (!(await this.#kernelIsThere())) {
      await this.#time('make a kernel', async () => {
        const answer = await this.#write('POST', 'api/kernels', { name: 'python3' });
        this.#kernel = String((JSON.parse(answer.text) as { id: unknown }).id);
      });
    }
    await this.#connect();
  }

  get connected(): boolean {
    return this.#channel?.open === true;
  }

  async runCell(word: string): Promise<void> {
    await this.#time('run a cell', async () => {
      if (this.#channel?.open !== true) throw new ActFailed('socket-closed', 'the WebSocket is closed');
      const printed = await this.#channel.execute(`print('${word}')`, KERNEL_MS);
      if (printed.trim() !== word) throw new ActFailed('wrong-answer', `printed ${printed.slice(0, 80)}`);
    });
  }

  /** Saves the next line of the ledger; entered there when the server says that it has it. */
  async save(): Promise<void> {
    const { ledger } = this.#options;
    const number = ledger.next(this.name);
    await this.#time('save a file', async () => {
      const model = { type: 'file', format: 'text', content: `${number}\n${'a line of work '.repeat(64)}\n` };
      await this.#write('PUT', 'api/contents/work.txt', model);
      ledger.acknowledged(this.name, number);
    });
  }

  /** What an open JupyterLab asks every ten seconds. */
  async poll(): Promise<void> {
    // JupyterLab sends the word with questions, too, and the genuine server wants it there.
    const headers = { ...PAGES_SCRIPT, 'x-xsrftoken': this.#xsrf('user') };
    for (const what of ['kernels', 'terminals']) {
      await this.#time('poll of an open tab', async () =>
        expect(await this.#get(`/user/${this.name}/api/${what}?${Date.now()}`, headers), 200),
      );
    }
  }

  async stop(): Promise<void> {
    await this.#time('stop the server', async () => {
      expect(await this.#post('/hub/stop', {}), 303);
      await this.#watchStop();
    });
    this.leave();
  }

  async signOut(): Promise<void> {
    await this.#time('sign out', async () => expect(await this.#post('/hub/logout', {}), 303));
    this.leave();
  }

  /** Shuts the browser. */
  leave(): void {
    this.#channel?.close();
    this.#channel = null;
    this.#kernel = null;
  }

  /** What a browser shows that goes to an address now: after all redirects, with where it ended. */
  async see(path: string): Promise<Visit & { readonly path: string }> {
    const last = (await this.#browser.follow(path)).at(-1);
    if (last === undefined) throw new ActFailed('elsewhere', `${path} leads nowhere`);
    return last;
  }

  /** The page's line to its kernel. */
  async #connect(): Promise<void> {
    const kernel = this.#kernel;
    if (kernel === null) throw new ActFailed('no-kernel', 'there is none to connect to');
    await this.#time('open the WebSocket', async () => {
      const path = `/user/${this.name}/api/kernels/${kernel}/channels`;
      const socket = this.#browser.socket(`${path}?session_id=${this.name}&_xsrf=${this.#xsrf('user')}`, {
        origin: this.#options.url,
      });
      await opened(socket);
      this.#channel = speakOver(socket);
    });
  }

  async #kernelIsThere(): Promise<boolean> {
    if (this.#kernel === null) return false;
    const headers = { ...PAGES_SCRIPT, 'x-xsrftoken': this.#xsrf('user') };
    const { status, text } = await this.#get(`/user/${this.name}/api/kernels`, headers);
    return status === 200 && text.includes(this.#kernel);
  }

  /** The hub answers the press before a slow stop has ended; then its page follows it. */
  async #watchStop(): Promise<void> {
    const end = Date.now() + STOP_MS;
    while (Date.now() < end) {
      const { text } = await this.#get(`/hub/spawn-pending/${this.name}`);
      if (!text.includes('/hub/progress/')) return;
      await new Promise((later) => setTimeout(later, STOP_LOOK_MS));
    }
    throw new ActFailed('late', `not stopped within ${STOP_MS / 1000} s`);
  }

  async #watchStart(): Promise<void> {
    const end = Date.now() + START_MS;
    for (let looks = 0; looks < MOST_LOOKS && Date.now() < end; looks += 1) {
      const page = await this.#get(`/hub/spawn-pending/${this.name}`);
      if (page.status === 302) return;
      expect(page, 200);
      if (!page.text.includes('/hub/progress/')) throw new ActFailed('not-started', 'it does not start');
      // One text when the stream ends: the hub closes it with the word where to go.
      const stream = await this.#get(`/hub/progress/${this.name}`, { accept: 'text/event-stream' });
      if (!/^event: go$/m.test(stream.text)) await new Promise((later) => setTimeout(later, AGAIN_MS));
    }
    throw new ActFailed('late', `not started within ${START_MS / 1000} s`);
  }

  #time<T>(act: string, run: () => Promise<T>): Promise<T> {
    return this.#options.tally.time(act, this.name, run);
  }

  async #get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Visit> {
    return await this.#browser.visit(path, 'GET', headers);
  }

  async #post(path: string, fields: Readonly<Record<string, string>>): Promise<Visit> {
    const form = new URLSearchParams({ _xsrf: this.#xsrf('hub'), ...fields });
    const kind = { 'content-type': 'application/x-www-form-urlencoded' };
    return await this.#browser.visit(path, 'POST', kind, form.toString());
  }

  /** To the person's server, as a page's script does it. @throws ActFailed unless it was done. */
  async #write(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Visit> {
    const headers = {
      ...PAGES_SCRIPT,
      'content-type': 'application/json',
      'x-xsrftoken': this.#xsrf('user'),
    };
    const answer = await this.#browser.visit(
      `/user/${this.name}/${path}`,
      method,
      headers,
      JSON.stringify(body),
    );
    if (answer.status !== 200) expect(answer, 201);
    return answer;
  }

  #xsrf(of: 'hub' | 'user'): string {
    const path = of === 'hub' ? '/hub/' : `/user/${this.name}/`;
    const fitting = this.#browser.cookies(path).filter(({ name }) => name === '_xsrf');
    return fitting.toSorted((a, b) => a.path.length - b.path.length).at(-1)?.value ?? '';
  }
}

const PAGES_SCRIPT = {
  accept: 'application/json',
  'sec-fetch-mode': 'cors',
  'sec-fetch-site': 'same-origin',
};

/** @throws ActFailed with the status, and what the page says. */
function expect(answer: Visit, status: number): void {
  if (answer.status === status) return;
  throw new ActFailed(String(answer.status), wordsOf(answer.text));
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((done, failed) => {
    socket.once('open', () => done());
    socket.once('unexpected-response', (_, answer) => {
      failed(new ActFailed(String(answer.statusCode), 'the WebSocket was refused'));
      socket.terminate();
    });
    socket.once('error', failed);
  });
}
