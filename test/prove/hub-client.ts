import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, request } from 'undici';

const READY_MS = 180_000;

/** A script of somebody's with a token: the hub's API, and their notebook server's through the proxy. */
export class HubClient {
  readonly url: string;
  readonly token: string;

  readonly #dispatcher: Dispatcher | undefined;

  /** @param dispatcher connections of one's own, for a house whose certificate nobody else trusts. */
  constructor(url: string, token: string, dispatcher?: Dispatcher) {
    this.url = url;
    this.token = token;
    this.#dispatcher = dispatcher;
  }

  async ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) {
    const answer = await request(`${this.url}${path}`, {
      method,
      headers: { authorization: `token ${this.token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      headersTimeout: 60_000,
      ...(this.#dispatcher === undefined ? {} : { dispatcher: this.#dispatcher }),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, text };
  }

  /** @throws Error with the answer when it is not one of the expected. */
  async must(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Record<string, unknown>> {
    const { status, text } = await this.ask(method, path, body);
    if (status >= 300)
      throw new Error(`${method} ${path} was answered with ${status}: ${text.slice(0, 300)}`);
    return text === '' ? {} : JSON.parse(text);
  }

  /** Starts somebody's server, or finds it running. @throws Error when it is not ready in time. */
  async startServer(user: string): Promise<void> {
    const { status, text } = await this.ask('POST', `/hub/api/users/${user}/server`, {});
    if (![201, 202, 400].includes(status)) throw new Error(`${user} cannot be started: ${status} ${text}`);
    const end = Date.now() + READY_MS;
    while (Date.now() < end) {
      const { servers } = await this.must('GET', `/hub/api/users/${user}`);
      if ((servers as Record<string, { ready?: boolean }>)['']?.ready === true) return;
      await sleep(300);
    }
    throw new Error(`${user}'s server is not ready after ${READY_MS / 1000} s`);
  }

  async putFile(user: string, path: string, content: string): Promise<void> {
    const model = { type: 'file', format: 'text', content };
    await this.must('PUT', `/user/${user}/api/contents/${path}`, model);
  }

  async getFile(user: string, path: string): Promise<string> {
    const { content } = await this.must('GET', `/user/${user}/api/contents/${path}?content=1`);
    return String(content);
  }
}
