import { request } from 'node:http';
import type { Answer } from './ask-hub.ts';

/** A large body is read and written to the disk by then. */
const DEADLINE_MS = 120_000;
const BYTES_MAX = 64 * 2 ** 20;

/**
 * Hands something to the running hub over its own socket.
 *
 * @throws Error when it does not answer: not running, not permitted, or too slow.
 */
export async function tellHub(socketPath: string, path: string, body: unknown): Promise<Answer> {
  const answered = Promise.withResolvers<Answer>();
  const told = request(
    {
      socketPath,
      method: 'POST',
      path,
      timeout: DEADLINE_MS,
      headers: { 'content-type': 'application/json' },
    },
    (response) => {
      const pieces: Buffer[] = [];
      let size = 0;
      response.on('data', (piece: Buffer) => {
        size += piece.length;
        if (size > BYTES_MAX) told.destroy(new Error('the hub answers without end'));
        else pieces.push(piece);
      });
      response.on('error', answered.reject);
      response.on('end', () => {
        try {
          const read = JSON.parse(Buffer.concat(pieces).toString('utf8'));
          answered.resolve({ status: response.statusCode ?? 0, body: read });
        } catch {
          answered.reject(new Error('the hub answered something that is not JSON'));
        }
      });
    },
  );
  told.on('timeout', () => told.destroy(new Error(`the hub did not answer within ${DEADLINE_MS / 1000} s`)));
  told.on('error', answered.reject);
  told.end(JSON.stringify(body));
  return await answered.promise;
}
