import { Problem } from '../domain/problem.ts';
import { type Moved, moveServer, type Server, type UserOptions } from '../domain/server.ts';
import { grantAccess } from './server-access.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import { SpawnStory } from './spawn-story.ts';

/**
 * Writes the wish for a start with all that must be there before the container: the server's token and OAuth
 * client (hub contract §1.3), and a new generation.
 *
 * @returns the record and the plain token, which is kept nowhere but in the container.
 * @throws Problem HTTP-404 when the user is gone, STORE-001 when it cannot be written: nothing is changed then.
 */
export async function queueStart(
  ports: SpawnPorts,
  before: Server,
  options: UserOptions,
  because: { readonly schedule?: string | undefined; readonly moved?: Moved | null | undefined } = {},
): Promise<{ readonly server: Server; readonly token: string }> {
  const now = ports.clock.now();
  const { token, write } = grantAccess(ports, before);
  const queued = moveServer(before, 'queued', {
    generation: before.generation + 1,
    options,
    started: now,
    lastActivity: now,
    lastPersonal: now,
    keepUntil: null,
    schedule: because.schedule ?? null,
    moved: because.moved ?? null,
    web: null,
    image: null,
    containerId: null,
    containerName: null,
    target: null,
    grant: null,
    stopReason: null,
    failure: null,
  });
  const user = ports.store.users.get(before.user);
  if (user === undefined) throw new Problem('HTTP-404');
  await ports.store.change((drafts) => {
    drafts.servers.put(queued);
    drafts.users.put({ ...user, lastActivity: Math.max(user.lastActivity ?? 0, now) });
    write(drafts);
  });
  ports.facts.tell({ kind: 'server-moved', user: queued.user, server: queued.name, state: 'queued' });
  new SpawnStory(ports, queued.user, queued.name).tell('queued', 'Server requested');
  return { server: queued, token };
}
