import type { IncomingMessage } from 'node:http';
import { Problem } from '../domain/problem.ts';

/**
 * The whole body, up to `limit` bytes.
 *
 * @throws Problem HTTP-413 as soon as it is clear that there is more; HTTP-400 when it breaks off.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new Problem('HTTP-413');
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of request) {
      size += piece.length;
      if (size > limit) throw new Problem('HTTP-413');
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('HTTP-400', { detail: 'The body broke off.' }, { cause: error });
  }
  return Buffer.concat(pieces);
}
