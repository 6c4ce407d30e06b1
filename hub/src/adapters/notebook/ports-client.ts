import { z } from 'zod';
import { PORT_KEY_HEADER, PORTS_USE_PATH } from '../../../../proxy/src/contract.ts';
import type { PortsClient } from '../../domain/ports.ts';

/** Both answer at once or not at all. */
const DEADLINE_MS = 2_000;
const ANSWER_BYTES = 256 * 1024;

const use = z.object({ open: z.number(), idle: z.number() });
/** jupyter-server-proxy's own: `server-proxy/servers-info`. Nothing else answers it. */
const servers = z.object({ server_processes: z.array(z.unknown()) });

/** Asks what leads to ports: our forwarder how it is used, a notebook whether jupyter-server-proxy is in it. */
export function makePortsClient(): PortsClient {
  return {
    async use(target, key) {
      const read = use.safeParse(await ask(`${target}${PORTS_USE_PATH}`, { [PORT_KEY_HEADER]: key }));
      return read.success ? read.data : null;
    },

    async forwardsItself(target, path, token) {
      const url = `${target}${path}server-proxy/servers-info?no_track_activity=1`;
      return servers.safeParse(await ask(url, { authorization: `token ${token}` })).success;
    },
  };
}

/** The JSON of a 200, or null. A redirect is not followed: key and token go nowhere else. */
async function ask(url: string, headers: Record<string, string>): Promise<unknown> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      headers,
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (response.status === 200) return JSON.parse(await bounded(response));
    await response.body?.cancel();
    return null;
  } catch {
    // Not there, not ready, no JSON: all of them mean no.
    return null;
  }
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
