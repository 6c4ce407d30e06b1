import type { Clock } from './clock.ts';
import type { Route, RouteRequest } from './contract.ts';
import { parseTarget, type Target } from './target.ts';

/** One route while the proxy runs. Its times are plain numbers: activity costs an assignment, not a promise. */
export class LiveRoute {
  readonly path: string;
  readonly segments: readonly string[];
  readonly data: RouteRequest;
  readonly target: Target;
  /** A notebook's route: the hub's cookies are kept from it. */
  readonly isNotebook: boolean;
  lastActivity: number;
  lastClientActivity: number;

  /** Throws Refusal 400 when the target is not acceptable. */
  constructor(segments: readonly string[], data: RouteRequest, now: number) {
    this.path = `/${segments.join('/')}`;
    this.segments = segments;
    this.data = data;
    this.target = parseTarget(data.target);
    this.isNotebook = typeof data.user === 'string';
    this.lastActivity = now;
    this.lastClientActivity = now;
  }

  present(): Route {
    return {
      ...this.data,
      last_activity: new Date(this.lastActivity).toISOString(),
      last_client_activity: new Date(this.lastClientActivity).toISOString(),
    };
  }
}

/** Marks traffic on a route. `person` is false for what an open page asks for by itself. */
export function touch(route: LiveRoute, clock: Clock, person: boolean): void {
  route.lastActivity = clock.now;
  if (person) route.lastClientActivity = clock.now;
}
