import type { ContainerView } from '../domain/containers.ts';
import { Problem } from '../domain/problem.ts';
import { type Server, type StopReason, serverKey } from '../domain/server.ts';
import { formatLimit } from '../domain/spawn-progress.ts';
import { clearAway } from './end-failed-start.ts';
import { keepEvidence } from './keep-evidence.ts';
import { leftMachine, tellOfMove } from './left-machine.ts';
import { moveOnDisk } from './move-on-disk.ts';
import { revokeAccess } from './server-access.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import { takeDown } from './take-down.ts';

/**
 * A ready server whose container ended or is gone: the record says how it came, then route, container, token
 * and OAuth client go. One that lost its machine is told so, for it may go on elsewhere. A container that runs after all
 * is left in peace.
 *
 * Must run as the server's only life. @throws Problem SPAWN-150, STORE-001: `reconcile` does it again.
 */
export async function buryServer(ports: SpawnPorts, server: Server): Promise<void> {
  const id = server.containerId;
  const view = id === null ? null : await ports.containers.inspect(id, ports.settings.network);
  const left = leftMachine(view);
  if (view?.running && left === null) return;
  const reason = left ?? peacefulEnd(view);
  if (reason !== null) {
    const { why, detail } = reason;
    const { moved } = await takeDown(ports, server, { at: ports.clock.now(), why, detail });
    if (left !== null) tellOfMove(ports, server, left, moved);
    return;
  }
  await fail(ports, server, view?.outOfMemory ?? false);
}

type Reason = Omit<StopReason, 'at'>;

/** Null when it did not end in peace. */
function peacefulEnd(view: ContainerView | null): Reason | null {
  // `docker rm -f` kills first: what is being removed did not end by itself.
  if (view === null || view.removing) {
    return { why: 'removed', detail: 'its container was removed on the machine, not by the hub' };
  }
  // Shut Down in JupyterLab's menu, or `docker stop` on the machine.
  return view.exitCode === 0 ? { why: 'died', detail: 'it was shut down from within' } : null;
}

async function fail(ports: SpawnPorts, server: Server, outOfMemory: boolean): Promise<void> {
  const evidence = await keepEvidence(ports, server.containerId);
  const problem = outOfMemory
    ? new Problem('RUN-101', { limit: formatLimit(server.grant?.memory ?? null) })
    : new Problem('RUN-102', { exitCode: evidence.exitCode });
  const { code, facts } = problem;
  const failure = { at: ports.clock.now(), code, facts, detail: problem.message, ...evidence };
  const gone = { failure, containerId: null, target: null, started: null };
  await moveOnDisk(ports, server, 'failed', gone, (drafts) => revokeAccess(ports, server, drafts));
  const where = { user: server.user, server: server.name };
  ports.log.warn({ ...where, problem: code, exitCode: evidence.exitCode }, 'server ended by itself');
  await clearAway(ports, server, server.containerId);
  ports.line.leave(serverKey(server.user, server.name));
}
