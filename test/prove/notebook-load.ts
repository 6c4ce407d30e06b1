import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { WebSocket } from 'ws';
import type { HubClient } from './hub-client.ts';

const REQUEST_PAUSE_MS = 20;
const PING_PAUSE_MS = 250;
/** A server's own answer on a busy machine. */
const ANSWER_MS = 30_000;

export interface LoadFigures {
  readonly requests: number;
  readonly failed: readonly string[];
  readonly sockets: number;
  readonly closed: number;
  /** Words that came back over the WebSockets. */
  readonly echoes: number;
  /** The longest time without one, in milliseconds. */
  readonly longestSilence: number;
}

/**
 * Uses notebook servers without a pause: requests one after the other, and kernels' WebSockets over which each ping
 * must be answered. Counts what fails.
 */
export class NotebookLoad {
  readonly #client: HubClient;
  readonly #failed: string[] = [];
  readonly #work: Promise<void>[] = [];
  readonly #sockets: WebSocket[] = [];
  #requests = 0;
  #closed = 0;
  #echoes = 0;
  #last = new Map<WebSocket, number>();
  #longestSilence = 0;
  #going = true;

  private constructor(client: HubClient) {
    this.#client = client;
  }

  /** @throws Error when a kernel or its WebSocket cannot be had at the beginning. */
  static async start(
    client: HubClient,
    users: readonly string[],
    socketsEach: number,
  ): Promise<NotebookLoad> {
    const load = new NotebookLoad(client);
    for (const user of users) {
      const { id } = await client.must('POST', `/user/${user}/api/kernels`, { name: 'python3' });
      for (let n = 0; n < socketsEach; n += 1) await load.#open(user, String(id));
    }
    load.#work.push(...users.map((user) => load.#ask(user)), load.#ping());
    return load;
  }

  async stop(): Promise<LoadFigures> {
    this.#going = false;
    await Promise.all(this.#work);
    for (const socket of this.#sockets) {
      this.#silence(socket);
      socket.removeAllListeners('close');
      socket.terminate();
    }
    return {
      requests: this.#requests,
      failed: this.#failed,
      sockets: this.#sockets.length,
      closed: this.#closed,
      echoes: this.#echoes,
      longestSilence: this.#longestSilence,
    };
  }

  async #open(user: string, kernel: string): Promise<void> {
    const url = `${this.#client.url.replace(/^http/, 'ws')}/user/${user}/api/kernels/${kernel}/channels`;
    const socket = new WebSocket(url, { headers: { authorization: `token ${this.#client.token}` } });
    await new Promise<void>((opened, failed) => {
      socket.once('open', () => opened());
      socket.once('error', failed);
    });
    this.#last.set(socket, Date.now());
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#closed += 1;
    });
    socket.on('pong', () => {
      this.#echoes += 1;
      this.#silence(socket);
    });
    this.#sockets.push(socket);
  }

  #silence(socket: WebSocket): void {
    const now = Date.now();
    this.#longestSilence = Math.max(this.#longestSilence, now - (this.#last.get(socket) ?? now));
    this.#last.set(socket, now);
  }

  async #ask(user: string): Promise<void> {
    while (this.#going) {
      this.#requests += 1;
      const failure = await request(`${this.#client.url}/user/${user}/api/status`, {
        headers: { authorization: `token ${this.#client.token}` },
        headersTimeout: ANSWER_MS,
        bodyTimeout: ANSWER_MS,
      }).then(
        async ({ statusCode, body }) => {
          await body.dump();
          return statusCode === 200 ? null : `${user}: ${statusCode}`;
        },
        (error: Error) => `${user}: ${error.message}`,
      );
      if (failure !== null) this.#failed.push(`${new Date().toISOString()} ${failure}`);
      await sleep(REQUEST_PAUSE_MS);
    }
  }

  async #ping(): Promise<void> {
    while (this.#going) {
      for (const socket of this.#sockets) if (socket.readyState === WebSocket.OPEN) socket.ping();
      await sleep(PING_PAUSE_MS);
    }
  }
}
