import { type Server, serverPath } from '../domain/server.ts';
import type { PortDoor, PortDoorPorts } from './port-door.ts';

/**
 * Who leads to a server's ports. Under `auto` the notebook is asked for what only jupyter-server-proxy answers, once
 * a start; one that is paused cannot be asked, and is taken for one without it until then.
 */
export async function whoLeadsToPorts(
  ports: PortDoorPorts,
  server: Pick<Server, 'user' | 'name' | 'options'>,
  at: { readonly containerId: string; readonly target: string; readonly asleep: boolean },
): Promise<PortDoor['way']> {
  const { user, name } = server;
  const wish = wishOf(ports, server);
  if (wish === 'never') return 'image';
  if (wish === 'always') return 'berth';
  if (at.asleep) return 'guess';
  const token = await ports.containers.readVariable(at.containerId, 'JUPYTERHUB_API_TOKEN');
  if (token === null) return 'berth';
  const path = serverPath(ports.settings.baseUrl, user, name);
  return (await ports.portsClient.forwardsItself(at.target, path, token)) ? 'image' : 'berth';
}

/** A profile that is gone from the menu keeps no running server from its ports. */
function wishOf(ports: PortDoorPorts, server: Pick<Server, 'user' | 'options'>) {
  try {
    return ports.plan(server).portForwarding ?? 'auto';
  } catch (error) {
    ports.log.warn(
      { user: server.user, error: String(error) },
      'its profile does not say who leads to ports',
    );
    return ports.settings.portForwarding ?? 'auto';
  }
}
