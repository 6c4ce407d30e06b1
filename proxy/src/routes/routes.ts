import { type Clock, dateOf, momentOf } from '../clock.ts';
import type { Route, RouteRequest, RouteTable } from '../contract.ts';
import { Refusal } from '../refusal.ts';
import { LiveRoute } from './route.ts';
import { routeSegments } from './route-path.ts';
import { type Match, RoutingTable } from './routing-table.ts';
import { refuseLoop } from './target.ts';

export type RouteChange = (path: string, now: LiveRoute | undefined, before: LiveRoute | undefined) => void;

/** The routes that are in force, and the rules by which one may be added. */
export class Routes {
  readonly #table = new RoutingTable<LiveRoute>();
  readonly #clock: Clock;
  readonly #listeners: RouteChange[] = [];
  /** The proxy's own addresses: no target may be one of them. Filled in once the listeners stand. */
  ownAddresses: readonly { host: string; port: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  onChange(listener: RouteChange): void {
    this.#listeners.push(listener);
  }

  /** Adds or replaces a route. `path` is percent-encoded. Throws Refusal 400 and changes nothing if it is not acceptable. */
  add(path: string, data: unknown): LiveRoute {
    const segments = routeSegments(path);
    const route = new LiveRoute(segments, checkedRequest(data), this.#clock.now);
    refuseLoop(route.target, this.ownAddresses);
    const before = this.#table.get(segments);
    if (before !== undefined) route.replace(before);
    this.#table.set(segments, route);
    for (const listener of this.#listeners) listener(route.path, route, before);
    return route;
  }

  /** Puts back a route as it was before a restart, with its times. */
  restore(path: string, data: unknown): void {
    const { state } = this.add(path, data);
    if (typeof data !== 'object' || data === null) return;
    if ('last_activity' in data)
      state.lastActivity = this.#momentOf(data.last_activity) ?? state.lastActivity;
    if ('last_client_activity' in data)
      state.lastClientActivity = this.#momentOf(data.last_client_activity) ?? state.lastClientActivity;
  }

  #momentOf(iso: unknown): number | undefined {
    const time = timeOf(iso);
    return time === undefined ? undefined : momentOf(this.#clock, time);
  }

  /** Throws Refusal 400 for a path that cannot be a route. */
  get(path: string): LiveRoute | undefined {
    return this.#table.get(routeSegments(path));
  }

  /** `cut`: its WebSockets end too, at the next look at them. Otherwise they live as long as both ends like. */
  remove(path: string, cut = false): boolean {
    const removed = this.#table.delete(routeSegments(path));
    if (removed === undefined) return false;
    removed.state.current = undefined;
    removed.state.cut = cut;
    for (const listener of this.#listeners) listener(removed.path, undefined, removed);
    return true;
  }

  match(path: string, host?: string): Match<LiveRoute> | undefined {
    return this.#table.match(path, host);
  }

  get size(): number {
    return this.#table.size;
  }

  /** One of them, as the control API tells it. */
  presentOne(route: LiveRoute): Route {
    return route.present(this.#clock);
  }

  /** All routes, or those whose last activity is before `inactiveSince` (milliseconds). `whole`: with their secrets. */
  present(inactiveSince?: number, whole = false): RouteTable {
    // No prototype: a route may be called `/__proto__`.
    const table: RouteTable = Object.create(null);
    for (const route of this.#table.values()) {
      if (inactiveSince === undefined || dateOf(this.#clock, route.state.lastActivity) < inactiveSince)
        table[route.path] = whole ? route.presentWhole(this.#clock) : route.present(this.#clock);
    }
    return table;
  }
}

const MAX_TARGET_LENGTH = 2048;

function checkedRequest(data: unknown): RouteRequest {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new Refusal(400, 'The body must be a JSON object.');
  if (!('target' in data) || typeof data.target !== 'string')
    throw new Refusal(400, 'Must specify "target" as a string.');
  if (data.target.length > MAX_TARGET_LENGTH) throw new Refusal(400, 'The target is too long.');
  const {
    last_activity: _activity,
    last_client_activity: _clientActivity,
    open_requests: _open,
    ...rest
  } = data as RouteRequest & Record<string, unknown>;
  return rest as RouteRequest;
}

function timeOf(iso: unknown): number | undefined {
  const time = typeof iso === 'string' ? Date.parse(iso) : Number.NaN;
  return Number.isFinite(time) ? time : undefined;
}
