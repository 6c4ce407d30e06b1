import { Problem } from '../domain/problem.ts';
import { type Server, type ServerFailure, serverKey, serverPath } from '../domain/server.ts';
import { keepEvidence } from './keep-evidence.ts';
import { moveOnDisk } from './move-on-disk.ts';
import { revokeAccess } from './server-access.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import { type SpawnStory, sentenceOf } from './spawn-story.ts';

/**
 * Ends a start that went wrong: what the container leaves behind is kept, the record says why, then route
 * and container go. What cannot be cleared now is cleared by `reconcile`.
 */
export async function endFailedStart(
  ports: SpawnPorts,
  start: Server,
  story: SpawnStory,
  error: unknown,
): Promise<void> {
  const told = asProblem(error);
  const { user, name } = start;
  const server = ports.store.servers.get(serverKey(user, name)) ?? start;
  const id = server.containerId;
  const evidence = await keepEvidence(ports, id);
  const problem = explained(told, evidence.log, server);
  const failure: ServerFailure = {
    at: ports.clock.now(),
    code: problem.code,
    facts: problem.facts,
    detail: problem.message,
    ...evidence,
  };
  ports.log.warn({ user, server: name, problem: problem.code, detail: problem.message }, 'start failed');
  try {
    await moveOnDisk(
      ports,
      start,
      'failed',
      { failure, containerId: null, target: null, started: null },
      (drafts) => revokeAccess(ports, start, drafts),
    );
    story.tell('failed', sentenceOf(problem), { code: problem.code });
  } finally {
    await clearAway(ports, start, id);
    ports.line.leave(serverKey(user, name));
  }
}

/** Route first: nobody may be sent to an address that somebody else's container gets next. */
export async function clearAway(
  ports: SpawnPorts,
  server: Pick<Server, 'user' | 'name'>,
  containerId: string | null,
): Promise<void> {
  const where = { user: server.user, server: server.name };
  const report = (error: unknown) =>
    ports.log.warn({ ...where, error: String(error) }, 'left for the next look: could not be cleared away');
  await ports.routes.remove(serverPath(ports.settings.baseUrl, server.user, server.name)).catch(report);
  if (containerId !== null) await ports.containers.remove(containerId).catch(report);
}

/** The engine's init, or the shell in its place, about a program of another processor. */
const FOREIGN_PROGRAM = /^(?:\[FATAL tini \(\d+\)\] )?exec \S+(?: failed)?: exec format error$/i;

/** Engines start an image that was made for another machine, and only the container's last words tell why it ended. */
function explained(problem: Problem, log: readonly string[], { image }: Pick<Server, 'image'>): Problem {
  const foreign = problem.code === 'SPAWN-120' && log.some((line) => FOREIGN_PROGRAM.test(line));
  return foreign ? new Problem('SPAWN-103', { image }, { cause: problem }) : problem;
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new Problem('SPAWN-199', { detail }, { cause: error });
}
