import { type Server, serverKey } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';

/** Waits until the server is in another state than the given one, or until the signal ends. */
export async function untilMoved(hub: Hub, server: Server, end: AbortSignal): Promise<void> {
  const moved = Promise.withResolvers<void>();
  const look = (): void => {
    const now = hub.tables.servers.get(serverKey(server.user, server.name));
    if (end.aborted || now?.state !== server.state) moved.resolve();
  };
  // The record changes before the fact is told.
  const deaf = hub.facts.listen((fact) => {
    if (fact.kind !== 'server-moved' && fact.kind !== 'server-step') return;
    if (fact.user === server.user && fact.server === server.name) look();
  });
  end.addEventListener('abort', look, { once: true });
  try {
    look();
    await moved.promise;
  } finally {
    end.removeEventListener('abort', look);
    deaf();
  }
}
