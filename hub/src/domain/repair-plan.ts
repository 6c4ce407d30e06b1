import { belongsTo, ownerOf } from './container-spec.ts';
import type { ContainerView } from './containers.ts';
import type { Route } from './ports.ts';
import { isActive, isOpen, isStarting, type Server, serverKey, serverPath } from './server.ts';
import type { SpawnSettings } from './settings.ts';

/** One thing to put right between engine, routes and store. */
export type Repair =
  /** Runs: remember where, and make sure that the proxy knows. */
  | {
      readonly act: 'adopt';
      readonly server: Server;
      readonly containerId: string;
      readonly target: string;
      /** Its container is paused, by us or by whoever sat at the machine: it sleeps. */
      readonly frozen: boolean;
    }
  /** Sleeps, and the proxy is one that cannot hold requests meanwhile. */
  | {
      readonly act: 'wake';
      readonly server: Server;
      readonly containerId: string;
      readonly target: string;
    }
  /** Was ready, and its container is not running any more, or its machine is away. */
  | { readonly act: 'bury'; readonly server: Server }
  /** Its start was interrupted after the container ran. */
  | { readonly act: 'resume'; readonly server: Server; readonly containerId: string }
  /** Its start was interrupted before the container ran. */
  | { readonly act: 'restart'; readonly server: Server }
  | { readonly act: 'finish-stop'; readonly server: Server }
  | { readonly act: 'remove-container'; readonly container: ContainerView }
  | { readonly act: 'remove-route'; readonly path: string };

/** What was seen. Containers and routes of other hubs may be among them; they are never in the plan. */
export interface Sight {
  readonly servers: Iterable<Server>;
  readonly containers: readonly ContainerView[];
  readonly routes: readonly Route[];
  /** Somebody is doing something to it just now: not our business. */
  isBusy(user: string, server: string): boolean;
  /** Whether people may come in by their routes: not those who have left the userlist, while their servers go on. */
  mayEnter(user: string): boolean;
  /** Whether the proxy holds requests to servers that sleep; absent: it does. */
  readonly canSleep?: boolean;
}

export function planRepairs(
  sight: Sight,
  settings: Pick<SpawnSettings, 'instance' | 'baseUrl' | 'port'>,
): readonly Repair[] {
  const ours = sight.containers.filter((container) => ownerOf(container, settings.instance) !== null);
  const byOwner = Map.groupBy(ours, (container) => ownerKey(container, settings.instance));
  const routes = new Map(sight.routes.map((route) => [route.path, route]));
  const active = new Map<string, Server>();
  const plan: Repair[] = [];

  for (const server of sight.servers) {
    if (!isActive(server)) continue;
    const key = serverKey(server.user, server.name);
    active.set(key, server);
    if (sight.isBusy(server.user, server.name)) continue;
    const container = byOwner.get(key)?.find((one) => belongsTo(one, server, settings.instance)) ?? null;
    const route = routes.get(serverPath(settings.baseUrl, server.user, server.name)) ?? null;
    const routed = sight.mayEnter(server.user) ? route : 'closed';
    const repair = repairServer(server, container, routed, settings.port, sight.canSleep !== false);
    if (repair !== null) plan.push(repair);
  }
  for (const container of ours) {
    const owner = ownerOf(container, settings.instance);
    if (owner === null || sight.isBusy(owner.user, owner.server)) continue;
    const server = active.get(serverKey(owner.user, owner.server));
    if (server === undefined || !belongsTo(container, server, settings.instance)) {
      plan.push({ act: 'remove-container', container });
    }
  }
  for (const route of sight.routes)
    if (isStale(route, active, sight, settings.baseUrl)) {
      plan.push({ act: 'remove-route', path: route.path });
    }
  return firstComeFirst(plan);
}

/** Who pressed Start first before the hub went down is first in line after it. What is no start keeps its place. */
function firstComeFirst(plan: readonly Repair[]): readonly Repair[] {
  const starts = plan.filter((repair) => repair.act === 'restart');
  starts.sort((one, other) => (one.server.started ?? 0) - (other.server.started ?? 0));
  return [...plan.filter((repair) => repair.act !== 'restart'), ...starts];
}

function repairServer(
  server: Server,
  container: ContainerView | null,
  route: Route | 'closed' | null,
  port: number,
  canSleep: boolean,
): Repair | null {
  if (server.state === 'stopping') return { act: 'finish-stop', server };
  if (isStarting(server)) {
    // Before `creating` was written there cannot be a container of this generation.
    const runs = container?.running === true && server.state !== 'queued' && server.state !== 'pulling';
    return runs ? { act: 'resume', server, containerId: container.id } : { act: 'restart', server };
  }
  // Of a machine that is away nobody knows whether it runs; the cluster engine ends it when the machine is back.
  const away = container?.machine?.state === 'away';
  if (container === null || !container.running || away) return { act: 'bury', server };
  // No address on our network just now: told again at the next look, if it stays so.
  if (container.address === null) return null;
  const target = `http://${container.address}:${server.web?.port ?? port}`;
  const found = { server, containerId: container.id, target };
  const frozen = container.paused;
  if (frozen && !canSleep) return { act: 'wake', ...found };
  const known = server.target === target && server.containerId === container.id;
  const alike = (server.state === 'frozen') === frozen;
  const routed =
    route === 'closed' ||
    (route?.target === target &&
      (route.asleep ?? false) === frozen &&
      // Given by somebody who knew nothing of the guard: open to everybody, or closed to all.
      (route.guarded !== undefined) === (server.web !== null));
  return known && alike && routed ? null : { act: 'adopt', ...found, frozen };
}

/** A route that this hub made, to a server that is not ready, or for somebody who may not come in. */
function isStale(route: Route, active: ReadonlyMap<string, Server>, sight: Sight, baseUrl: string): boolean {
  // What leads to ports is looked after by whoever makes it.
  if (route.ports === true || route.user === null || !route.path.startsWith(`${baseUrl}user/`)) return false;
  const name = route.server ?? '';
  if (sight.isBusy(route.user, name)) return false;
  const server = active.get(serverKey(route.user, name));
  if (!sight.mayEnter(route.user)) return true;
  return server === undefined || !isOpen(server) || route.path !== serverPath(baseUrl, route.user, name);
}

function ownerKey(container: ContainerView, instance: string): string {
  const owner = ownerOf(container, instance);
  return owner === null ? '' : serverKey(owner.user, owner.server);
}
