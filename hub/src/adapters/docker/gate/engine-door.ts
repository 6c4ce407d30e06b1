import { type ClientRequest, request } from 'node:http';
import type { z } from 'zod';
import { Refused } from './refused.ts';

const DEADLINE_MS = 10_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** What the gate asks the engine by itself before it lets a call through. */
export class EngineDoor {
  readonly socket: string;

  /** `socket`: path of the engine's own socket. */
  constructor(socket: string) {
    this.socket = socket;
  }

  /** A call that may pass. The path is built by us, the headers are ours. */
  open(method: string, path: string, headers: Readonly<Record<string, string>>): ClientRequest {
    return request({
      socketPath: this.socket,
      method,
      path,
      headers: { Host: 'engine', ...headers },
      // Nobody shares a connection: an answer can only be its own request's.
      agent: false,
    });
  }

  /** The answer to a question about one thing, or null when there is none. @throws Refused 502 */
  async ask<T>(path: string, shape: z.ZodType<T>): Promise<T | null> {
    const answer = await this.#text(path);
    if (answer.status === 404) return null;
    const read = answer.status === 200 ? shape.safeParse(parsed(answer.text)) : null;
    if (read?.success !== true) throw new Refused(502, `the engine answered ${path} with ${answer.status}`);
    return read.data;
  }

  #text(path: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const asked = this.open('GET', path, {});
      const timer = setTimeout(() => asked.destroy(new Error('it did not answer in time')), DEADLINE_MS);
      const fail = (error: Error): void => {
        clearTimeout(timer);
        reject(new Refused(502, `the engine cannot be asked: ${error.message}`));
      };
      asked.on('error', fail);
      asked.on('response', (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        response.on('data', (part: Buffer) => {
          size += part.length;
          parts.push(part);
          if (size > MOST_BYTES) asked.destroy(new Error('its answer is too long'));
        });
        response.on('error', fail);
        response.on('end', () => {
          clearTimeout(timer);
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') });
        });
      });
      asked.end();
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
