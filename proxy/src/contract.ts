/**
 * The proxy's control API, as the hub sees it: configurable-http-proxy's, with a few additions.
 *
 *   GET    /api/routes[?inactiveSince=ISO]   200 RouteTable
 *   GET    /api/routes/<path>                200 Route | 404
 *   POST   /api/routes/<path>  RouteRequest  201
 *   DELETE /api/routes/<path>[?cut=1]        204 | 404   cut: its open WebSockets are closed within seconds
 *   GET    /api/waiting[?wait=seconds]       200 WaitingList   with `wait`: as soon as somebody waits, or then
 *
 * Each request carries `Authorization: token <CONFIGPROXY_AUTH_TOKEN>`; 403 otherwise. A body that is not
 * understood gets a 400 with one sentence and changes nothing. `<path>` is percent-encoded a segment at a time.
 */

/** What a hub may say about a route. Keys that are not named here are kept and given back as they came. */
export interface RouteRequest {
  /** `http://host:port[/path]`, `https://…`, or `http+unix://<percent-encoded socket path>`. */
  target: string;
  /** True on every route a hub made: it leaves others alone. */
  jupyterhub?: true;
  /** The user whose notebook server this is. Such a route never sees the hub's cookies. */
  user?: string;
  /** The named server; `''` for the default one. */
  server_name?: string;
  /** A service of the hub. */
  service?: string;
  /** True on the hub's own route. */
  hub?: true;
  /** The server sleeps: a person's requests wait at the proxy until the route is given again without this mark. */
  asleep?: boolean;
  /**
   * Where the proxy asks for the server to be woken: `POST`, body `WakeRequest`, with the control token. Any 2xx means
   * understood; it is asked again every few seconds while somebody waits. Without it the hub reads `WAITING_PATH`.
   */
  wake?: string;
  [key: string]: unknown;
}

/** A route as the proxy gives it back. */
export interface Route extends RouteRequest {
  /** ISO 8601. Any bytes of a successful exchange, in either direction; WebSocket ping, pong and close do not count. */
  last_activity: string;
  /** ISO 8601. As `last_activity`, but only what a person causes: not what an open page asks for by itself. */
  last_client_activity: string;
  /** Requests under way on it, if there are any. What is held for a sleeping server is not among them. */
  open_requests?: number;
}

/** Path (`/user/alice`, no trailing slash, decoded) → route. */
export type RouteTable = Record<string, Route>;

/** Body of the call to a route's `wake` address. */
export interface WakeRequest {
  route: string;
}

/** `GET /api/waiting`: route path → who waits there. Only routes where somebody does. */
export type WaitingList = Record<string, { waiting: number /** ISO 8601. */; since: string }>;

export const WAITING_PATH = '/api/waiting';
export const ROUTES_PATH = '/api/routes';
export const HEALTH_PATH = '/_chp_healthz';
/** Names of the hub's cookies: they never reach a notebook, and no notebook may set one. */
export const HUB_COOKIE_NAMES: readonly string[] = ['jupyterhub-hub-login'];
export const HUB_COOKIE_PREFIXES: readonly string[] = ['berth-', '__Host-berth-', '__Secure-berth-'];
