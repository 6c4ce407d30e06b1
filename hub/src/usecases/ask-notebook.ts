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
  idleKernels: [],
};

/** What a server says of itself, or null. */
export async function askNotebook(ports: SpawnPorts, server: Server): Promise<NotebookStatus | null> {
  if (server.web !== null) return NOTHING_INSIDE;
  const place = await reachNotebook(ports, server);
  return place === null ? null : ports.notebook.status(place.target, place.path, place.token);
}

/** Where a notebook is asked, and with what. Its token is in the container's environment and nowhere else. */
export async function reachNotebook(
  ports: {
    readonly containers: Pick<SpawnPorts['containers'], 'readVariable'>;
    readonly settings: SpawnPorts['settings'];
  },
  { user, name, target, containerId }: Server,
): Promise<{ readonly target: string; readonly path: string; readonly token: string } | null> {
  if (target === null || containerId === null) return null;
  const token = await ports.containers.readVariable(containerId, 'JUPYTERHUB_API_TOKEN');
  return token === null ? null : { target, path: serverPath(ports.settings.baseUrl, user, name), token };
}
