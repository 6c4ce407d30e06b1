import type { Forwarders, PortsClient, Routes } from '../domain/ports.ts';
import { isActive, type Server, serverKey } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** What the use cases of ports stand on. */
export interface PortDoorPorts
  extends Pick<
    SpawnPorts,
    | 'store'
    | 'containers'
    | 'clock'
    | 'random'
    | 'log'
    | 'settings'
    | 'plan'
    | 'lives'
    | 'admission'
    | 'guard'
  > {
  /** The proxy's own: not those that open and close a server's ports with the server. */
  readonly routes: Routes;
  readonly forwarders: Forwarders;
  readonly portsClient: PortsClient;
}

/** A forwarder that answers. */
export interface Forwarder {
  readonly containerId: string;
  readonly target: string;
  readonly key: string;
}

/** What leads to the ports of one server, from one start of it to its end. */
export interface PortDoor {
  readonly user: string;
  readonly name: string;
  readonly generation: number;
  /** The notebook's. */
  readonly containerId: string;
  /** The notebook's: where the route goes at a proxy that cannot hold requests. */
  target: string;
  /** Who leads there: Berth, or what is in the image. `guess`: the notebook could not be asked yet. */
  way: 'berth' | 'image' | 'guess';
  forwarder: Forwarder | null;
  /** Somebody waits at the proxy, and it is being opened. */
  opening: Promise<void> | null;
  /** What the proxy was last told; null: nothing. */
  told: Told | null;
}

/** What the proxy knows of a door. */
export interface Told {
  readonly target: string;
  readonly asleep: boolean;
  /** Not only its forwarder is to be woken. */
  readonly serverSleeps: boolean;
  /** Visits that began then or before must be renewed. */
  readonly notBefore: number;
}

/** The record behind a door, or null when its server is another by now, or ends. */
export function serverBehind({ store }: Pick<PortDoorPorts, 'store'>, door: PortDoor): Server | null {
  const server = store.servers.get(serverKey(door.user, door.name));
  if (server?.generation !== door.generation || !isActive(server) || server.state === 'stopping') return null;
  return server;
}

/** A named server of this name stands where its owner's default server has its ports, and keeps the place. */
const PORTS_NAME = 'proxy';

export function isPlaceTaken({ store }: Pick<PortDoorPorts, 'store'>, { user, name }: PortDoor): boolean {
  return name === '' && store.servers.get(serverKey(user, PORTS_NAME)) !== undefined;
}
