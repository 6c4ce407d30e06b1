import type { Log } from '../domain/ports.ts';
import { isActive } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import type { StopServer } from './stop-server.ts';

/** Ends the hub; with `servers`, after all servers have stopped, or failed to. Never throws. */
export type ShutDown = (request: { readonly servers: boolean; readonly by: string }) => void;

interface Ports {
  readonly store: Store;
  readonly stopServer: StopServer;
  readonly log: Log;
  /** Lets the process end in good order. */
  readonly endHub: () => void;
}

export function makeShutDown({ store, stopServer, log, endHub }: Ports): ShutDown {
  return ({ servers, by }) => {
    log.info({ by, servers }, 'shutdown requested');
    const running = servers ? [...store.servers.values()].filter(isActive) : [];
    const stops = running.map(({ user, name }) =>
      stopServer({ user, server: name, why: 'hub', detail: 'the hub was shut down' }),
    );
    Promise.allSettled(stops).then(endHub, endHub);
  };
}
