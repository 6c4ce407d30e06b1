import type { ContainerEvent, ContainerView } from '../domain/containers.ts';
import { FORWARDER_KEY, forwarderOf, portsPath } from '../domain/port-forwarder.ts';
import type { Route } from '../domain/ports.ts';
import { isOpen, serverPath } from '../domain/server.ts';
import { eachOf } from './each-of.ts';
import { mayEnter } from './open-route.ts';
import { isPlaceTaken, type PortDoor, type PortDoorPorts, serverBehind } from './port-door.ts';
import type { PortDoors } from './port-doors.ts';

const AT_ONCE = 16;
const LOOK_MS = 10_000;
/** A forwarder that nobody used for this long is stopped; the next request starts another within a second. */
const FORWARDER_IDLE_MS = 15 * 60_000;

/**
 * Brings forwarders, their routes and the servers to agree: when the hub starts, each minute, and after gaps in the
 * engine's events. Finds those of a former hub again. Never rejects.
 */
export type LookAfterPorts = () => Promise<void>;

export function makeLookAfterPorts(ports: PortDoorPorts, doors: PortDoors): LookAfterPorts {
  return async () => {
    try {
      await learnWhetherAble(ports, doors);
      const [containers, routes] = await Promise.all([
        ports.containers.list(ports.settings.network),
        ports.routes.list(),
      ]);
      const { forwarderIdle: idle = FORWARDER_IDLE_MS } = ports.settings;
      await look(ports, doors, { containers, routes, idle });
    } catch (error) {
      ports.log.warn({ error: String(error) }, 'the ways to ports could not be looked after');
    }
  };
}

interface Sight {
  readonly containers: readonly ContainerView[];
  readonly routes: readonly Route[];
  readonly idle: number;
}

async function learnWhetherAble(ports: PortDoorPorts, doors: PortDoors): Promise<void> {
  const { forwarderImage: image } = ports.settings;
  // A proxy that guards nothing would let everybody in.
  const able =
    image !== undefined &&
    (await ports.guard.canGuard()) &&
    (await ports.containers.hasImage(image, AbortSignal.timeout(LOOK_MS)));
  if (!able && ports.settings.portForwarding !== 'never' && doors.able !== able)
    ports.log.warn(
      { image },
      'nothing leads to ports but what is in images: there is no image of forwarders, or the proxy is not Berth’s',
    );
  doors.able = able;
}

async function look(ports: PortDoorPorts, doors: PortDoors, sight: Sight): Promise<void> {
  const { baseUrl } = ports.settings;
  const free = [...ports.store.servers.values()].filter(
    (server) => ports.lives.get(server.user, server.name) === undefined,
  );
  await eachOf(free, AT_ONCE, async ({ user, name, state, target }) => {
    const isWanted = (state === 'ready' || state === 'frozen') && mayEnter(ports, user);
    if (isWanted && target !== null)
      await doors.follow({ user, server: name, target, asleep: state === 'frozen' });
    else await doors.leave(serverPath(baseUrl, user, name));
  });
  await eachOf([...doors.doors.values()], AT_ONCE, (door) => lookAtOne(ports, doors, sight, door));
  await clearStrays(ports, doors, sight);
}

async function lookAtOne(
  ports: PortDoorPorts,
  doors: PortDoors,
  sight: Sight,
  door: PortDoor,
): Promise<void> {
  if (door.opening !== null || ports.lives.get(door.user, door.name) !== undefined) return;
  try {
    if (door.forwarder === null) await adopt(ports, sight, door);
    const { forwarder } = door;
    const use = forwarder === null ? null : await ports.portsClient.use(forwarder.target, forwarder.key);
    if (use === null) doors.drop(door);
    else if (door.way === 'image' || isPlaceTaken(ports, door)) doors.drop(door);
    else if (use.open === 0 && use.idle > sight.idle) await rest(ports, doors, door);
    const path = portsPath(ports.settings.baseUrl, door);
    const route = sight.routes.find((one) => one.path === path && one.ports === true);
    // A proxy that was restarted without its table, or told otherwise by somebody.
    const isAsTold =
      route?.target === door.told?.target &&
      (route?.asleep ?? false) === (door.told?.asleep ?? false) &&
      (route === undefined || route.guarded !== undefined);
    if (!isAsTold) door.told = null;
    await doors.tell(door);
  } catch (error) {
    const where = { user: door.user, server: door.name };
    ports.log.warn({ ...where, error: String(error) }, 'the way to its ports is left for the next look');
  }
}

/** One that a former hub started; the proxy may still lead to it, and is told anew: it does not say with which key. */
async function adopt(ports: PortDoorPorts, { containers }: Sight, door: PortDoor): Promise<void> {
  const { instance, network } = ports.settings;
  const view = containers.find((one) => one.running && forwarderOf(one, instance)?.of === door.containerId);
  const owner = view === undefined ? null : forwarderOf(view, instance);
  if (view === undefined || owner === null) return;
  const key = await ports.containers.readVariable(view.id, FORWARDER_KEY);
  const notebook = await ports.containers.inspect(door.containerId, network);
  if (key === null || notebook?.address == null || door.forwarder !== null) return;
  door.forwarder = { containerId: view.id, target: `http://${notebook.address}:${owner.port}`, key };
  door.told = null;
}

/** New requests wait at the proxy while the last ones are looked for: nobody is cut off. */
async function rest(ports: PortDoorPorts, doors: PortDoors, door: PortDoor): Promise<void> {
  const { forwarder } = door;
  if (forwarder === null) return;
  door.forwarder = null;
  await doors.tell(door);
  const use = await ports.portsClient.use(forwarder.target, forwarder.key);
  if (door.forwarder !== null || door.opening !== null) return;
  door.forwarder = forwarder;
  if (use !== null && use.open > 0) return;
  doors.drop(door);
  ports.log.info({ user: door.user, server: door.name }, 'nobody uses its ports: the forwarder is stopped');
}

/** What belongs to no door: of servers that have ended, or are another start by now. */
async function clearStrays(ports: PortDoorPorts, doors: PortDoors, sight: Sight): Promise<void> {
  const { instance, baseUrl } = ports.settings;
  const all = [...doors.doors.values()];
  for (const view of sight.containers) {
    const owner = forwarderOf(view, instance);
    if (owner === null || ports.lives.get(owner.user, owner.server) !== undefined) continue;
    const door = all.find(({ containerId }) => containerId === owner.of);
    const isUsed = door?.forwarder?.containerId === view.id || door?.opening != null;
    if (!isUsed) await ports.containers.remove(view.id);
  }
  for (const route of sight.routes) {
    if (route.ports !== true || route.user === null) continue;
    if (ports.lives.get(route.user, route.server ?? '') !== undefined) continue;
    const isOurs = all.some((door) => door.told !== null && portsPath(baseUrl, door) === route.path);
    if (!isOurs) await ports.routes.remove(route.path);
  }
}

/** What the engine tells by itself: a forwarder that died is started anew by the next request. Never rejects. */
export function makeNotePortEvent(ports: PortDoorPorts, doors: PortDoors, look: LookAfterPorts) {
  return async (event: ContainerEvent): Promise<void> => {
    if (event.kind === 'gap') return look();
    if (event.kind === 'paused' || event.kind === 'unpaused' || event.kind === 'machine') return;
    for (const door of doors.doors.values()) {
      // A notebook that was started again has another network: what shared the old one leads nowhere.
      const isItsOwn = door.forwarder?.containerId === event.id && event.kind !== 'started';
      if (!isItsOwn && door.containerId !== event.id) continue;
      doors.drop(door);
      const server = serverBehind(ports, door);
      if (server === null || !isOpen(server)) continue;
      await doors.tell(door).catch((error: unknown) => {
        const where = { user: door.user, server: door.name };
        ports.log.warn({ ...where, error: String(error) }, 'the way to its ports is left for the next look');
      });
    }
  };
}
