import type { NotebookStatus } from '../domain/ports.ts';
import { type Server, serverPath } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** What a server says of itself, or null. Its token is in the container's environment and nowhere else. */
export async function askNotebook(ports: SpawnPorts, server: Server): Promise<NotebookStatus | null> {
  if (server.target === null || server.containerId === null) return null;
  const token = await ports.containers.readVariable(server.containerId, 'JUPYTERHUB_API_TOKEN');
  if (token === null) return null;
  const path = serverPath(ports.settings.baseUrl, server.user, server.name);
  return ports.notebook.status(server.target, path, token);
}
