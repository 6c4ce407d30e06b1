import type { ServerResponse } from 'node:http';
import { isStarting, type Server, serverKey } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';

/** The server once it is not starting any more, or as it is when the time is over or nobody waits. */
export async function settledWithin(
  hub: Hub,
  user: string,
  name: string,
  ms: number,
  ctx: Answering,
): Promise<Server | undefined> {
  const look = (): Server | undefined => hub.tables.servers.get(serverKey(user, name));
  const enough = AbortSignal.any([AbortSignal.timeout(ms), closed(ctx)]);
  try {
    for await (const _ of hub.followSpawn(user, name, enough)) {
      const server = look();
      if (server === undefined || !isStarting(server)) return server;
    }
  } catch (error) {
    if (!enough.aborted) throw error;
  }
  return look();
}

interface Answering {
  readonly res: ServerResponse;
}

/** Aborts when the client has gone. */
export function closed(ctx: Answering): AbortSignal {
  const gone = new AbortController();
  ctx.res.once('close', () => gone.abort());
  return gone.signal;
}
