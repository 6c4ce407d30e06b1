import type { Clock } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import { isActive, type Server } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import { forgetUser } from './forget-user.ts';
import { noteDeparture } from './see-off.ts';
import type { StopServer } from './stop-server.ts';

/**
 * Removes an account: first its servers stop, then everything goes at once. Files stay on their volume.
 *
 * @throws Problem SERVER-001 when somebody starts a server meanwhile: then the account stays as it was.
 */
export type RemoveUser = (name: string) => Promise<void>;

// Each round stops what the round before found starting again.
const ROUNDS = 3;

export function makeRemoveUser(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly stopServer: StopServer;
}): RemoveUser {
  const { store, clock, stopServer } = ports;
  const active = (name: string): readonly Server[] => store.servers.where('user', name).filter(isActive);

  return async (name) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const running = active(name);
      if (running.length === 0) break;
      await Promise.all(
        running.map((server) =>
          stopServer({
            user: name,
            server: server.name,
            why: 'user-removed',
            detail: 'the account was removed',
          }),
        ),
      );
    }
    await store.change((drafts) => {
      // Looked at in the same turn as the removal: no start can slip in between.
      if (active(name).length > 0) {
        throw new Problem('SERVER-001', {
          detail: `${name}'s server is in the process of starting, please wait.`,
        });
      }
      noteDeparture(store, drafts, name, 'removed', clock.now());
      forgetUser(store, drafts, name);
    });
  };
}
