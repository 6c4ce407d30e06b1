import { portsPath } from '../domain/port-forwarder.ts';
import type { Route } from '../domain/ports.ts';
import { type Server, serverKey, serverPath } from '../domain/server.ts';
import { isPlaceTaken, type PortDoor, type PortDoorPorts, serverBehind, type Told } from './port-door.ts';
import { startForwarder } from './start-forwarder.ts';
import { visitGuard } from './visit-guard.ts';
import type { WakeServer } from './wake-server.ts';
import { whoLeadsToPorts } from './who-leads-to-ports.ts';

/**
 * The ways to programs on people's ports. The proxy has a route for each server that Berth leads there, and it is
 * asleep: the first request waits at the proxy until a forwarder answers. A server that is frozen wakes first.
 */
export class PortDoors {
  /** By the path of the server. */
  readonly doors = new Map<string, PortDoor>();
  readonly #ports: PortDoorPorts;
  /** Whether there is an image to start forwarders from; told by every look. */
  able: boolean | null = null;

  constructor(ports: PortDoorPorts) {
    this.#ports = ports;
  }

  /** A server's own route is about to be given. @throws Problem SPAWN-170 when it falls asleep and the proxy is away. */
  async follow(route: Pick<Route, 'user' | 'server' | 'target' | 'asleep'>): Promise<void> {
    const { store, log } = this.#ports;
    const { user, target, asleep = false } = route;
    const server = user === null ? undefined : store.servers.get(serverKey(user, route.server ?? ''));
    const { containerId } = server ?? {};
    if (server === undefined || containerId == null || this.able !== true) return;
    const door = this.#doorOf(server, containerId, target);
    try {
      door.target = target;
      if (door.way === 'guess')
        door.way = await whoLeadsToPorts(this.#ports, server, { containerId, target, asleep });
      await this.#give(door, asleep);
    } catch (error) {
      // Nobody may reach a program that is being paused; whoever comes to one that runs can wait for the next look.
      if (asleep) throw error;
      const where = { user: door.user, server: door.name };
      log.warn({ ...where, error: String(error) }, 'the way to its ports is left for the next look');
    }
  }

  /** A server's own route goes. @throws Problem SPAWN-170 */
  async leave(path: string, how?: { readonly cut: boolean }): Promise<void> {
    const door = this.doors.get(path);
    if (door === undefined) return;
    this.doors.delete(path);
    this.drop(door);
    const { told } = door;
    door.told = null;
    if (told !== null && !isPlaceTaken(this.#ports, door))
      await this.#ports.routes.remove(portsPath(this.#ports.settings.baseUrl, door), how);
  }

  /** Where requests wait for ports, and what lets them through. */
  awaited(wake: WakeServer): ReadonlyMap<string, () => Promise<unknown>> {
    const asleep = [...this.doors.values()].filter(({ told }) => told?.asleep === true);
    return new Map(
      asleep.map((door) => [portsPath(this.#ports.settings.baseUrl, door), () => this.open(door, wake)]),
    );
  }

  /** Wakes the server, and starts its forwarder if it has none. Joins an opening that is under way. */
  open(door: PortDoor, wake: WakeServer): Promise<void> {
    door.opening ??= this.#open(door, wake).finally(() => {
      door.opening = null;
    });
    return door.opening;
  }

  /**
   * Tells the proxy how the door stands. What moves meanwhile is told again: a server may have fallen asleep since it
   * was looked at, or ended.
   */
  async tell(door: PortDoor): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const server = serverBehind(this.#ports, door);
      if (!this.#isKnown(door)) return this.drop(door);
      if (server === null) return this.leave(serverPath(this.#ports.settings.baseUrl, door.user, door.name));
      if (!(await this.#give(door, server.state === 'frozen'))) return;
    }
  }

  /** Its forwarder is of no use any more, or ends with the server. */
  drop(door: PortDoor): void {
    const { forwarder } = door;
    door.forwarder = null;
    if (forwarder === null) return;
    this.#ports.containers.remove(forwarder.containerId).catch((error: unknown) => {
      const where = { user: door.user, server: door.name };
      this.#ports.log.warn({ ...where, error: String(error) }, 'a forwarder is left for the next look');
    });
  }

  async #open(door: PortDoor, wake: WakeServer): Promise<void> {
    const { clock, log } = this.#ports;
    const began = clock.now();
    const { user, name, containerId, target } = door;
    if (serverBehind(this.#ports, door)?.state === 'frozen') await wake({ user, name });
    const server = serverBehind(this.#ports, door);
    if (server === null) return this.tell(door);
    if (door.way === 'guess') {
      door.way = await whoLeadsToPorts(this.#ports, server, { containerId, target, asleep: false });
    }
    if (door.way === 'berth') {
      if (door.forwarder !== null && !(await this.#isWell(door.forwarder))) this.drop(door);
      if (door.forwarder === null) {
        const forwarder = await startForwarder(this.#ports, door);
        door.forwarder = forwarder;
        log.info({ user, server: name, ms: Math.round(clock.now() - began) }, 'its ports can be reached');
      }
    }
    await this.tell(door);
    // It may have ended while its forwarder started, after everything of it was cleared away.
    if (!this.#isKnown(door)) this.drop(door);
  }

  async #isWell({ target, key }: { readonly target: string; readonly key: string }): Promise<boolean> {
    return (await this.#ports.portsClient.use(target, key)) !== null;
  }

  #isKnown(door: PortDoor): boolean {
    return this.doors.get(serverPath(this.#ports.settings.baseUrl, door.user, door.name)) === door;
  }

  /** The door of this start; one of a former start goes. */
  #doorOf(server: Server, containerId: string, target: string): PortDoor {
    const { user, name, generation } = server;
    const path = serverPath(this.#ports.settings.baseUrl, user, name);
    const known = this.doors.get(path);
    if (known?.generation === generation && known.containerId === containerId) return known;
    if (known !== undefined) this.drop(known);
    const idle = { forwarder: null, opening: null, told: known?.told ?? null };
    const door: PortDoor = { user, name, generation, containerId, target, way: 'guess', ...idle };
    this.doors.set(path, door);
    return door;
  }

  /** False when the proxy knows it already. @throws Problem SPAWN-170 */
  async #give(door: PortDoor, serverSleeps: boolean): Promise<boolean> {
    const path = portsPath(this.#ports.settings.baseUrl, door);
    const { user, name: server, forwarder, told } = door;
    const isTaken = isPlaceTaken(this.#ports, door);
    if (isTaken || door.way === 'image') {
      door.told = null;
      if (told !== null && !isTaken) await this.#ports.routes.remove(path);
      return false;
    }
    const asleep = serverSleeps || forwarder === null;
    const target = forwarder?.target ?? door.target;
    const guard = visitGuard(this.#ports, door);
    const { notBefore } = guard;
    const now = { target, asleep, serverSleeps, notBefore };
    if (told !== null && isAlike(told, now)) return false;
    await this.#ports.routes.add({
      path,
      target,
      user,
      server,
      asleep,
      ports: true,
      // Only what is paused may be left alone by a page that nobody looks at.
      ...(serverSleeps ? {} : { sleepsLightly: true as const }),
      // Nobody but whoever may be in the server reaches its programs: a notebook asks who comes, they do not.
      guarded: { ...guard, stripPrefix: false, headers: {} },
      ...(forwarder === null ? {} : { portKey: forwarder.key }),
    });
    door.told = now;
    return true;
  }
}

function isAlike(told: Told, now: Told): boolean {
  return (
    told.target === now.target &&
    told.asleep === now.asleep &&
    told.serverSleeps === now.serverSleeps &&
    told.notBefore === now.notBefore
  );
}

/** Things that may happen to a server while the proxy is told. */
const TURNS = 5;
