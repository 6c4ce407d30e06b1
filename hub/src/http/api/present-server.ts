import type { Caller } from '../../domain/caller.ts';
import { holds } from '../../domain/scope.ts';
import { isActive, isOpen, pendingOf, type Server, serverKey, serverPath } from '../../domain/server.ts';
import { usernameInUrl } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import { groupsOf } from './groups-of.ts';
import { timestamp } from './timestamp.ts';

/**
 * Server model of the API (contract §4.1). That the caller may read it has been checked; without one there is no
 * `state` in it.
 */
export function presentServer(hub: Hub, caller: Caller | null, server: Server): Record<string, unknown> {
  const { baseUrl, publicOrigin } = hub.settings;
  const url = serverPath(baseUrl, server.user, server.name);
  const progress = progressPath(baseUrl, server);
  const full = (path: string): string | null => (publicOrigin === '' ? null : `${publicOrigin}${path}`);
  return {
    name: server.name,
    full_name: serverKey(server.user, server.name),
    last_activity: timestamp(server.lastActivity),
    started: isActive(server) ? timestamp(server.started) : null,
    pending: pendingOf(server),
    ready: isOpen(server),
    stopped: !isActive(server),
    url,
    // Null until it has been started once, as JupyterHub has it.
    user_options: server.generation === 0 ? null : server.options,
    progress_url: progress,
    full_url: full(url),
    full_progress_url: full(progress),
    ...(caller !== null && mayReadState(hub, caller, server) ? { state: stateOf(server) } : {}),
  };
}

function mayReadState(hub: Hub, caller: Caller, server: Server): boolean {
  const on = { kind: 'server', value: serverKey(server.user, server.name) } as const;
  return holds(caller.scopes, 'admin:server_state', on, groupsOf(hub));
}

/** DockerSpawner's names for what it keeps of a server. */
function stateOf(server: Server): Record<string, unknown> | null {
  if (server.generation === 0) return null;
  if (server.containerId === null) return {};
  return { object_id: server.containerId, object_name: server.containerName };
}

function progressPath(baseUrl: string, server: Server): string {
  const user = `${baseUrl}hub/api/users/${usernameInUrl(server.user)}`;
  return server.name === ''
    ? `${user}/server/progress`
    : `${user}/servers/${usernameInUrl(server.name)}/progress`;
}
