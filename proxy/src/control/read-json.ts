import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';

const MAX_BODY_BYTES = 64 * 1024;

/** Reads a small JSON body. Throws Refusal 413 when it is not small, 400 when it is not JSON or not UTF-8. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // The socket is kept: the refusal still has to be sent over it.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) throw new Refusal(413, `The body is larger than ${MAX_BODY_BYTES} bytes.`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(400, 'The body was cut off.');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    throw new Refusal(400, 'The body is not valid JSON.');
  }
}
