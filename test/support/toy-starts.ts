import type { SpawnStep } from '../../hub/src/domain/fact.ts';
import type { Clock, Facts } from '../../hub/src/domain/ports.ts';
import { moveServer, newServer, type Server, serverKey } from '../../hub/src/domain/server.ts';
import type { Store } from '../../hub/src/domain/store.ts';
import type { Hub } from '../../hub/src/http/hub.ts';
import type { PlanStart } from '../../hub/src/usecases/plan-start.ts';
import { grantAccess, revokeAccess } from '../../hub/src/usecases/server-access.ts';

interface ToyStartParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly facts: Facts;
  readonly access: Parameters<typeof grantAccess>[0];
  readonly plan: PlanStart;
  /** What a start does: `slow` waits for `finishStart`. */
  readonly how: 'ready' | 'slow' | 'fails';
}

/** Starts and stops without an engine: they only move the record. */
export function makeToyStarts({ store, clock, facts, access, plan, how: fate }: ToyStartParts) {
  const tell = (server: Server, state: Server['state'], percent: number, message: string): void => {
    const step: SpawnStep = { at: clock.now(), state, percent, message };
    facts.tell({ kind: 'server-step', user: server.user, server: server.name, step });
  };
  const put = (server: Server): Promise<void> => store.change((drafts) => drafts.servers.put(server));

  async function finishStart(user: string, name: string, how: 'ready' | 'failed'): Promise<void> {
    const server = store.servers.get(serverKey(user, name));
    if (server === undefined) throw new Error(`no server ${user}/${name}`);
    const failure = {
      at: clock.now(),
      code: 'SPAWN-101',
      detail: '',
      exitCode: null,
      outOfMemory: false,
      log: [],
    };
    await put({
      ...server,
      state: how,
      failure: how === 'failed' ? { ...failure, facts: { image: 'foo' } } : null,
    });
    tell(server, how, 100, how);
  }

  const startServer: Hub['startServer'] = async ({ user, server: name, options: wanted }) => {
    const chosen = plan.check(user, wanted);
    const before = store.servers.get(serverKey(user, name)) ?? newServer(user, name);
    const queued = moveServer(before, 'queued', {
      options: chosen,
      generation: before.generation + 1,
      started: clock.now(),
      lastActivity: clock.now(),
    });
    const granted = grantAccess(access, queued);
    await store.change((drafts) => {
      drafts.servers.put(queued);
      granted.write(drafts);
    });
    tell(queued, 'queued', 0, 'Server requested');
    if (fate === 'slow') return queued;
    setImmediate(() => finishStart(user, name, fate === 'fails' ? 'failed' : 'ready').catch(console.error));
    return queued;
  };
  const stopServer: Hub['stopServer'] = async ({ user, server: name }) => {
    const server = store.servers.get(serverKey(user, name));
    if (server === undefined) throw new Error('no such server');
    const stopped: Server = { ...server, state: 'stopped', target: null };
    await store.change((drafts) => {
      revokeAccess(access, server, drafts);
      drafts.servers.put(stopped);
    });
    tell(stopped, 'stopped', 100, 'Stopped');
    return stopped;
  };

  return { startServer, stopServer, finishStart };
}
