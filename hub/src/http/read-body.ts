import type { IncomingMessage } from 'node:http';
import { Problem } from '../domain/problem.ts';

/** Bodies of forms and API calls are small; nothing honest takes longer. */
const DEADLINE_MS = 60_000;

const EMPTY = Buffer.alloc(0);

/**
 * The whole body, up to `limit` bytes.
 *
 * @throws Problem HTTP-413 as soon as it is clear that there is more; HTTP-400 when it breaks off, or takes longer than a
 *   minute.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  if (Number(length ?? 0) > limit) throw new Problem('HTTP-413');
  if (coding === undefined && Number(length ?? 0) === 0) return EMPTY;
  const body = Promise.withResolvers<Buffer>();
  const pieces: Buffer[] = [];
  let size = 0;
  const take = (piece: Buffer): void => {
    size += piece.length;
    pieces.push(piece);
    if (size > limit) {
      // The rest runs past unread; the answer hangs up.
      pieces.length = 0;
      request.off('data', take);
      request.resume();
      body.reject(new Problem('HTTP-413'));
    }
  };
  const brokeOff = (cause?: Error): void => {
    if (!request.complete) body.reject(new Problem('HTTP-400', { detail: 'The body broke off.' }, { cause }));
  };
  request.on('data', take);
  request.once('end', () => body.resolve(pieces.length === 1 ? (pieces[0] ?? EMPTY) : Buffer.concat(pieces)));
  request.once('error', brokeOff);
  request.once('close', brokeOff);
  const late = setTimeout(() => {
    body.reject(new Problem('HTTP-400', { detail: 'The body took too long.' }));
    request.destroy();
  }, DEADLINE_MS);
  return body.promise.finally(() => clearTimeout(late));
}
