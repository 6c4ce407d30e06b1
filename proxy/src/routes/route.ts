import { type Clock, dateOf } from '../clock.ts';
import { type Route, type RouteRequest, SECRET_VALUE } from '../contract.ts';
import { Barred } from '../guard/barred.ts';
import { Guard } from '../guard/guard.ts';
import type { RequestHeadRules } from '../http/request-head.ts';
import { type RouteHeaders, readRouteHeaders } from './route-headers.ts';
import { shownPath } from './route-path.ts';
import { parseTarget, type Target } from './target.ts';

/**
 * What outlives a route's being given again: a hub that restarts gives all its routes anew, and the WebSockets that
 * stay open meanwhile must go on counting. Times are plain numbers, of {@link Clock.now}: activity costs an assignment, not a
 * promise, and a machine's clock that is set makes nobody look idle.
 */
export interface RouteState {
  lastActivity: number;
  lastClientActivity: number;
  /** The route as last given; undefined once it is removed. */
  current: LiveRoute | undefined;
  /** Removed for good: its WebSockets are to be closed, not to live out. */
  cut: boolean;
}

/** One route while the proxy runs. */
export class LiveRoute {
  readonly path: string;
  readonly segments: readonly string[];
  readonly data: RouteRequest;
  readonly target: Target;
  /** A notebook's route: the hub's cookies are kept from it. */
  readonly isNotebook: boolean;
  readonly asleep: boolean;
  /** Whatever comes wakes it. */
  readonly sleepsLightly: boolean;
  /** Where to ask for the server to be woken. */
  readonly wake: string | undefined;
  /** Who may pass; undefined: everybody. */
  readonly guard: Guard | undefined;
  /** Who may not, whatever the server itself remembers; undefined: nobody. */
  readonly barred: Barred | undefined;
  /** What is taken off each request's path, as browsers write it: `/user/ann@uni.edu`. Undefined: nothing is. */
  readonly prefix: string | undefined;
  /** What is said to the target in place of what a client says; undefined: nothing. */
  readonly #headers: RouteHeaders | undefined;
  #rules: RequestHeadRules | undefined;
  state: RouteState;

  /** Throws Refusal 400 when the target is not acceptable. */
  constructor(segments: readonly string[], data: RouteRequest, now: number) {
    this.path = `/${segments.join('/')}`;
    this.segments = segments;
    this.data = data;
    this.target = parseTarget(data.target);
    this.guard = data.guard === undefined ? undefined : new Guard(data.guard);
    this.barred = data.barred === undefined ? undefined : new Barred(data.barred);
    this.isNotebook = typeof data.user === 'string' || this.guard !== undefined;
    this.prefix = data.strip_prefix === true && segments.length > 0 ? shownPath(this.path) : undefined;
    this.#headers = readRouteHeaders(data.headers, this.prefix);
    this.asleep = data.asleep === true;
    this.sleepsLightly = data.light_sleep === true;
    // The same rules as for targets: the proxy calls this address itself.
    this.wake = data.wake === undefined ? undefined : parseTarget(data.wake).url;
    this.state = { lastActivity: now, lastClientActivity: now, current: this, cut: false };
  }

  /** Takes the place of a route that was given before at the same path. */
  replace(before: LiveRoute): void {
    const { lastActivity, lastClientActivity } = this.state;
    this.state = before.state;
    this.state.current = this;
    // Falling asleep and waking are the hub's doing, not somebody's: the times stay.
    if (before.asleep !== this.asleep) return;
    this.state.lastActivity = lastActivity;
    this.state.lastClientActivity = lastClientActivity;
  }

  /** How a request's head is written for this route. */
  rules(common: RequestHeadRules): RequestHeadRules {
    if (this.#headers === undefined) return common;
    this.#rules ??= { ...common, customHeaders: new Map([...common.customHeaders, ...this.#headers]) };
    return this.#rules;
  }

  /** Without the values of its headers: whoever may list routes need not know them. */
  present(clock: Clock): Route {
    const { headers } = this.data;
    if (headers === undefined) return this.presentWhole(clock);
    const shown = Object.fromEntries(Object.keys(headers).map((name) => [name, SECRET_VALUE]));
    return { ...this.presentWhole(clock), headers: shown };
  }

  /** For the proxy's own file. */
  presentWhole(clock: Clock): Route {
    const { lastActivity, lastClientActivity } = this.state;
    return {
      ...this.data,
      last_activity: new Date(dateOf(clock, lastActivity)).toISOString(),
      last_client_activity: new Date(dateOf(clock, lastClientActivity)).toISOString(),
    };
  }
}

/** Is it in force as it was chosen? One that was given again since may lead elsewhere, sleep or let others in. */
export function isCurrent(route: LiveRoute): boolean {
  return route.state.current === route;
}

/** Is somebody awake at the address, and still the one who was there when the route was chosen? */
export function leadsThere({ state: { current }, target }: LiveRoute): boolean {
  return current !== undefined && !current.asleep && current.target.key === target.key;
}

/** Marks traffic on a route. `person` is false for what an open page asks for by itself. */
export function touch(route: LiveRoute, clock: Clock, person: boolean): void {
  route.state.lastActivity = clock.now;
  if (person) route.state.lastClientActivity = clock.now;
}
