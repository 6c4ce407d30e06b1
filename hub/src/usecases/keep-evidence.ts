import type { ServerFailure } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** Lines of the log that are kept of a container that ended. */
const LOG_LINES = 200;

export type Evidence = Pick<ServerFailure, 'exitCode' | 'outOfMemory' | 'log'>;

const NOTHING: Evidence = { exitCode: null, outOfMemory: false, log: [] };

/**
 * What a container leaves behind: taken before it is removed, because afterwards nobody can say why it
 * ended. When the engine does not answer there is none; that is reported, and is no second failure.
 */
export async function keepEvidence(ports: SpawnPorts, containerId: string | null): Promise<Evidence> {
  if (containerId === null) return NOTHING;
  try {
    const view = await ports.containers.inspect(containerId, ports.settings.network);
    if (view === null) return NOTHING;
    const log = await ports.containers.logs(containerId, LOG_LINES);
    return { exitCode: view.running ? null : view.exitCode, outOfMemory: view.outOfMemory, log };
  } catch (error) {
    ports.log.warn({ containerId, error: String(error) }, 'the log of an ended container could not be read');
    return NOTHING;
  }
}
