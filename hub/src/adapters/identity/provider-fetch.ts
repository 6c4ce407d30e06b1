import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent, request } from 'undici';
import { Misbehaved } from './provider-problem.ts';

/** What a provider's answer may weigh. Key sets and people with many groups stay far below it. */
const ANSWER_MAX = 1024 * 1024;

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>> | Headers;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

export interface ProviderFetch {
  /** As `fetch`, but follows nothing, reads at most {@link ANSWER_MAX} bytes and ends with its visit. */
  readonly fetch: (url: string, asked: Asked) => Promise<Response>;
  /** One visit to the provider: however many questions it takes, none is left open after `ms`. */
  readonly within: <T>(ms: number, visit: () => Promise<T>) => Promise<T>;
}

/** Talks to a provider. Certificates are checked unless `verify` is false. */
export function makeProviderFetch({ verify }: { readonly verify: boolean }): ProviderFetch {
  const visits = new AsyncLocalStorage<AbortSignal>();
  const dispatcher = new Agent({ connect: { rejectUnauthorized: verify }, connections: 32 });

  return {
    async fetch(url, { method = 'GET', headers, body, signal }) {
      const signals = [signal, visits.getStore()].filter((one) => one instanceof AbortSignal);
      const answer = await request(url, {
        method,
        dispatcher,
        headers: headers instanceof Headers ? Object.fromEntries(headers) : { ...headers },
        body: body === undefined || body === null ? null : String(body),
        signal: AbortSignal.any(signals),
      });
      const kept = new Headers();
      for (const [name, value] of Object.entries(answer.headers)) {
        for (const one of [value ?? []].flat()) kept.append(name, one);
      }
      const bytes = await readAtMost(answer.body, ANSWER_MAX);
      const bare = [204, 205, 304].includes(answer.statusCode);
      return new Response(bare ? null : bytes, { status: answer.statusCode, headers: kept });
    },
    within: async (ms, visit) => await visits.run(AbortSignal.timeout(ms), visit),
  };
}

async function readAtMost(body: AsyncIterable<Uint8Array>, most: number): Promise<Buffer<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    // Leaving the loop closes the connection.
    if (size > most) throw new Misbehaved(`its answer has more than ${most} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
