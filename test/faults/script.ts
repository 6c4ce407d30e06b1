import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import type { Ledger } from '../load/ledger.ts';
import { ownAgent } from '../load/own-agent.ts';
import { codeOf } from '../load/tally.ts';

const EVERY_MS = 500;
const ANSWER_MS = 8_000;

/**
 * An administrator's script that makes accounts and tokens without a pause; what the hub says it has made goes into the
 * ledger, and what it answers otherwise is counted.
 */
export class Script {
  readonly answers: { readonly at: number; readonly code: string; readonly words: string }[] = [];
  readonly #ask: (path: string) => Promise<{ status: number; text: string }>;
  readonly #ledger: Ledger;
  readonly #over = new AbortController();
  readonly #agent = ownAgent(ANSWER_MS);
  #work: Promise<void> = Promise.resolve();
  #made = 0;

  constructor(url: string, token: string, ledger: Ledger) {
    this.#ledger = ledger;
    this.#ask = async (path) => {
      const answer = await request(`${url}/hub/api${path}`, {
        method: 'POST',
        headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
        body: '{}',
        dispatcher: this.#agent,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return { status: answer.statusCode, text: await answer.body.text() };
    };
  }

  begin(): void {
    this.#work = this.#write();
  }

  async end(): Promise<void> {
    this.#over.abort();
    await this.#work;
    await this.#agent.destroy();
  }

  async #write(): Promise<void> {
    while (!this.#over.signal.aborted) {
      this.#made += 1;
      const name = `made-${this.#made}`;
      const account = await this.#once(`/users/${name}`);
      if (account !== null) this.#ledger.accounts.push(name);
      const token = account === null ? null : await this.#once(`/users/${name}/tokens`);
      if (token !== null) this.#ledger.tokens.push((JSON.parse(token) as { token: string }).token);
      await sleep(EVERY_MS);
    }
  }

  /** What was answered, when it is made; null otherwise. */
  async #once(path: string): Promise<string | null> {
    const { code, words } = await this.#ask(path).then(
      ({ status, text }) => ({ code: String(status), words: text }),
      (error: unknown) => ({ code: codeOf(error), words: '' }),
    );
    this.answers.push({ at: Date.now(), code, words: code === '201' ? '' : words.slice(0, 300) });
    return code === '201' ? words : null;
  }
}
