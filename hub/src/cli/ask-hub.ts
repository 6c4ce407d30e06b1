import { request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const DEADLINE_MS = 10_000;
const MAX_BYTES = 1024 * 1024;

/**
 * One question to the running hub over its own socket.
 *
 * @throws Error when it does not answer: not running, not permitted, or too slow.
 */
export function askHub(
  socketPath: string,
  method: string,
  path: string,
  deadline = DEADLINE_MS,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path, timeout: deadline }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
        if (text.length > MAX_BYTES) asked.destroy(new Error('the hub answers without end'));
      });
      response.on('end', () => {
        try {
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
        } catch {
          reject(new Error('the hub answered something that is not JSON'));
        }
      });
    });
    asked.on('timeout', () => asked.destroy(new Error(`the hub did not answer within ${deadline / 1000} s`)));
    asked.on('error', reject);
    asked.end();
  });
}
