/**
 * The proxy's control API, as the hub sees it: configurable-http-proxy's, with a few additions.
 *
 *   GET    /api/routes[?inactiveSince=ISO]   200 RouteTable
 *   GET    /api/routes/<path>                200 Route | 404
 *   POST   /api/routes/<path>  RouteRequest  201
 *   DELETE /api/routes/<path>[?cut=1]        204 | 404   cut: its open WebSockets are closed within seconds
 *   GET    /api/guard                        200 {}   routes with a `guard` are guarded; a 404 says that they are not
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
  /** Its sleep is light: whatever comes wakes it and waits, also what a page repeats by itself. */
  light_sleep?: boolean;
  /**
   * Where the proxy asks for the server to be woken: `POST`, body `WakeRequest`, with the control token. Any 2xx means
   * understood; it is asked again every few seconds while somebody waits. Without it the hub reads `WAITING_PATH`.
   */
  wake?: string;
  /** Nobody passes without a visit cookie of the hub's. */
  guard?: RouteGuard;
  /**
   * Set on every request to the target, in place of what the client sent under these names. Secret: no log line and
   * no answer of this API holds a value: `SECRET_VALUE` stands for each.
   */
  headers?: Record<string, string>;
  /**
   * Who may not pass any more: SHA-256, in hex, of the values by which visitors are known, their `SESSION_ID_COOKIE` or
   * their API token. For servers that remember for minutes whom they let in. Their open WebSockets are closed, too.
   */
  barred?: string[];
  /** The route's path is taken off before the target sees a request, and `X-Forwarded-Prefix` says what it was. */
  strip_prefix?: boolean;
  [key: string]: unknown;
}

/**
 * Who may pass a route, in words that the proxy can check by itself: it holds the key to check, never the one to sign.
 * A visitor without a good cookie is sent to `door` if it is a person's navigation, and is refused otherwise.
 */
export interface RouteGuard {
  /** The hub's Ed25519 public key: 32 bytes, base64url (the `x` of its JWK). */
  key: string;
  /** The path that a cookie must be for, as browsers write it, with a slash at each end: `/user/alice/rstudio/`. */
  audience: string;
  /** Cookies issued at or before this time are void until the hub has renewed them. Milliseconds since 1970. */
  not_before?: number;
  /** The hub's page that lets people in, as a path at this proxy: `/hub/guard`. Called with `?next=`. */
  door: string;
  /**
   * Where the proxy has a cookie renewed that is ours but old or void, as a path at this proxy: `/hub/guard/renew`.
   * `POST` with `RENEW_HEADER`; 200 RenewAnswer, or 403: this visit is over. Anything else: the hub is away.
   */
  renew: string;
  /** People come over https only: cookies say so even when the proxy itself is asked over http. */
  secure?: boolean;
}

/** Carries the value of the cookie to renew. */
export const RENEW_HEADER = 'x-berth-visit';

/** A renewed visit. */
export interface RenewAnswer {
  cookie: string;
}

/** What stands for the value of a route's header wherever it is shown. */
export const SECRET_VALUE = '***';

/**
 * A visit cookie: `<JWT>~<secret>`. The JWT is signed with EdDSA over Ed25519 and says VisitClaims; the secret is
 * what the claim `cnf` is the SHA-256 of (base64url). The target gets the JWT alone, so it can check who comes and cannot
 * come as that person itself. The cookie's name is VISIT_COOKIE and the first 16 hex digits of the audience's SHA-256.
 */
export const VISIT_COOKIE = 'berth-visit-';

export interface VisitClaims {
  /** The hub, as the container knows it: its public base path. */
  iss: string;
  /** The visitor's user name. */
  sub: string;
  aud: string;
  /** Seconds since 1970, with fractions. */
  iat: number;
  exp: number;
  /** Names the session without giving it away. */
  sid: string;
  cnf: string;
}

/** To the target of a guarded route, on every request: the visitor's name, and the JWT that proves it. */
export const VISITOR_HEADER = 'X-Forwarded-User';
export const ASSERTION_HEADER = 'X-Berth-Assertion';

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
export const GUARD_PATH = '/api/guard';
export const ROUTES_PATH = '/api/routes';
export const HEALTH_PATH = '/_chp_healthz';
/** Not secret to notebooks: they bind what they know of a visitor to it. */
export const SESSION_ID_COOKIE = 'jupyterhub-session-id';
/** Names of the hub's cookies: they never reach a notebook, and no notebook may set one. */
export const HUB_COOKIE_NAMES: readonly string[] = ['jupyterhub-hub-login'];
export const HUB_COOKIE_PREFIXES: readonly string[] = ['berth-', '__Host-berth-', '__Secure-berth-'];

// Between the hub and the forwarder to a server's ports (ports/main.ts), which is no part of the control API.

/** Carries a forwarder's key; a route's `headers` set it. */
export const PORT_KEY_HEADER = 'x-port-key';
/** `GET`, with the key: 200 PortsUse. */
export const PORTS_USE_PATH = '/_berth_ports';

export interface PortsUse {
  /** Requests and WebSockets that are open now. */
  open: number;
  /** Milliseconds since the last one began. */
  idle: number;
}
