import { type IncomingMessage, request } from 'node:http';
import { Problem } from '../../domain/problem.ts';

/** Where the proxy's control API is and the word that opens it (`CONFIGPROXY_AUTH_TOKEN`). */
export interface ControlDoor {
  /** Path of its socket, or `http://host:port`. */
  readonly at: { readonly socketPath: string } | { readonly url: string };
  readonly token: string;
  /** Milliseconds for a question and its whole answer. */
  readonly timeout: number;
}

export interface DoorAnswer {
  readonly status: number;
  readonly body: string;
}

/** Ten thousand routes are about 3 MB. */
const ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * One question to the control API.
 *
 * @throws Problem SPAWN-170 when no whole answer comes in time.
 */
export async function ask(
  door: ControlDoor,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<DoorAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const where = 'socketPath' in door.at ? { socketPath: door.at.socketPath } : whereIs(door.at.url);
  const headers: Record<string, string> = { authorization: `token ${door.token}` };
  if (text !== undefined) {
    headers['content-type'] = 'application/json';
    headers['content-length'] = String(Buffer.byteLength(text));
  }
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const signal = AbortSignal.timeout(door.timeout);
      // No connection is kept: a restarted proxy would be met with a dead one.
      const asked = request({ ...where, method, path, headers, signal, agent: false }, resolve);
      asked.once('error', reject);
      asked.end(text);
    });
    return { status: response.statusCode ?? 0, body: await readWhole(response) };
  } catch (error) {
    throw new Problem('SPAWN-170', { detail: wordsOf(error) }, { cause: error });
  }
}

function whereIs(url: string): { readonly hostname: string; readonly port: string } {
  const { hostname, port } = new URL(url);
  return { hostname, port: port === '' ? '80' : port };
}

async function readWhole(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) throw new Error('its answer has no end');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  return (error as NodeJS.ErrnoException).code ?? error.message;
}
