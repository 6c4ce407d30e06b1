import type { NotebookStatus } from '../domain/ports.ts';
import { type Server, serverPath } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** A web application says nothing of itself: what goes through the proxy and what it computes is all there is. */
const NOTHING_INSIDE: NotebookStatus = {
  kernels: 0,
  busyKernels: 0,
  terminals: 0,
  lastActivity: null,
  lastWork: null,
};

/** What a server says of itself, or null. Its token is in the container's environment and nowhere else. */
export async function askNotebook(ports: SpawnPorts, server: Server): Promise<NotebookStatus | null> {
  if (server.web !== null) return NOTHING_INSIDE;
  if (server.target === null || server.containerId === null) return null;
  const token = await ports.containers.readVariable(server.containerId, 'JUPYTERHUB_API_TOKEN');
  if (token === null) return null;
  const path = serverPath(ports.settings.baseUrl, server.user, server.name);
  return ports.notebook.status(server.target, path, token);
}
