import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock.ts';
import type { Peers } from '../peers.ts';
import type { Guard } from './guard.ts';
import type { Renewal, Renewals } from './renewals.ts';
import type { Visit } from './visit.ts';

/** Let in, as whom, and the Set-Cookie value of a fresh cookie if the browser is to get one. */
export interface Admitted {
  readonly visit: Visit;
  readonly setCookie: string | undefined;
}

/** Kept out. `door`: a person who navigates is sent to the hub's door instead. */
export interface Refused {
  readonly status: number;
  readonly sentence: string;
  readonly door: boolean;
}

export type Admission = Admitted | Refused;

const NO_COOKIE: Refused = { status: 401, sentence: 'Sign in to use this server.', door: true };
const OVER: Refused = {
  status: 403,
  sentence: 'Your visit to this server is over. Load the page again to sign in.',
  door: true,
};
const ELSEWHERE: Refused = {
  status: 403,
  sentence: 'This request was made by a page of another site.',
  door: false,
};
const HUB_AWAY: Refused = {
  status: 503,
  sentence: 'The hub does not answer, and only it can say whether you may still come in.',
  door: false,
};
const MAX_COOKIES = 4;

/** Lets visitors of guarded routes in. Only old cookies cost a question to the hub. */
export class Gate {
  readonly #clock: Clock;
  readonly #renewals: Renewals;
  readonly #peers: Peers;

  constructor(clock: Clock, renewals: Renewals, peers: Peers) {
    this.#clock = clock;
    this.#renewals = renewals;
    this.#peers = peers;
  }

  /** Calls back once; at once unless the hub has to be asked. */
  admit(guard: Guard, request: IncomingMessage, then: (admission: Admission) => void): void {
    if (isFromElsewhere(request, this.#hostsOf(request))) {
      then(ELSEWHERE);
      return;
    }
    const visit = this.#visitOf(guard, request);
    if (visit === undefined) {
      then(NO_COOKIE);
      return;
    }
    const standing = guard.standing(visit, this.#clock.date);
    let told = standing === 'good';
    if (!told)
      this.#renewals.renew(guard, visit, (renewal) => {
        if (!told) then(this.#renewed(guard, request, visit, renewal));
        told = true;
      });
    // Nobody waits for the hub while the cookie is good: the next request finds its answer here.
    if (standing === 'old' && !told) {
      told = true;
      then({ visit, setCookie: undefined });
    } else if (standing === 'good') then({ visit, setCookie: undefined });
  }

  /** Whether an open connection of this visitor's may go on. Calls back once, with the visit to watch from now on. */
  recheck(guard: Guard, visit: Visit, then: (visit: Visit | 'over' | 'away') => void): void {
    this.#renewals.renew(guard, visit, (renewal) => {
      if (renewal === 'over' || renewal === 'away') then(renewal);
      else then(guard.visit(renewal.cookie) ?? 'away');
    });
  }

  #renewed(guard: Guard, request: IncomingMessage, visit: Visit, renewal: Renewal): Admission {
    if (renewal === 'over') return OVER;
    if (renewal !== 'away') {
      const fresh = guard.visit(renewal.cookie);
      if (fresh !== undefined)
        return { visit: fresh, setCookie: guard.setCookie(renewal.cookie, this.#isHttps(request)) };
    }
    // A hub that is away must not shut out whom it let in a moment ago.
    return guard.standing(visit, this.#clock.date) === 'over' ? HUB_AWAY : { visit, setCookie: undefined };
  }

  /** The best there is of the cookies with this name: another page of this origin may have added one of its own. */
  #visitOf(guard: Guard, request: IncomingMessage): Visit | undefined {
    const { cookie } = request.headers;
    if (cookie === undefined || !cookie.includes(guard.cookieName)) return undefined;
    let best: Visit | undefined;
    for (const value of valuesOf(cookie, guard.cookieName)) {
      const visit = guard.visit(value);
      if (visit !== undefined && (best === undefined || visit.issued > best.issued)) best = visit;
    }
    return best;
  }

  /** Under which names the browser may know us. */
  #hostsOf({ headers, socket }: IncomingMessage): readonly string[] {
    const { host = '', 'x-forwarded-host': outer } = headers;
    return typeof outer === 'string' && this.#peers.of(socket).trusted ? [host, outer] : [host];
  }

  #isHttps(request: IncomingMessage): boolean {
    const peer = this.#peers.of(request.socket);
    const told = peer.trusted ? request.headers['x-forwarded-proto'] : undefined;
    return typeof told === 'string' ? told.split(',', 1)[0]?.trim() === 'https' : peer.tls;
  }
}

/** Does a person's browser go to a page with this request, so that it can be sent elsewhere first? */
export function isNavigation(request: IncomingMessage): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const mode = request.headers['sec-fetch-mode'];
  if (typeof mode === 'string') return mode === 'navigate';
  return request.headers.accept?.includes('text/html') === true;
}

/**
 * A request that changes something, or opens a WebSocket, and says that a page of another origin made it. SameSite=Lax
 * keeps the cookie from other sites; this keeps out the neighbours on the same site: another port, another subdomain.
 */
function isFromElsewhere({ method, headers }: IncomingMessage, hosts: readonly string[]): boolean {
  const { origin } = headers;
  if (origin === undefined) return false;
  if ((method === 'GET' || method === 'HEAD') && headers.upgrade === undefined) return false;
  const from = URL.parse(origin);
  return from === null || !hosts.some((host) => isSameHost(from, host));
}

/** A front server may pass on the name without the port. */
function isSameHost(from: URL, host: string): boolean {
  return /:\d+$/.test(host)
    ? from.host === withoutUsualPort(host, from.protocol)
    : from.hostname === host.toLowerCase();
}

function withoutUsualPort(host: string, protocol: string): string {
  return host.toLowerCase().replace(protocol === 'https:' ? /:443$/ : /:80$/, '');
}

function valuesOf(header: string, name: string): string[] {
  const values: string[] = [];
  for (const pair of header.split(';')) {
    const cut = pair.indexOf('=');
    if (cut === -1 || pair.slice(0, cut).trim() !== name) continue;
    values.push(pair.slice(cut + 1).trim());
    if (values.length === MAX_COOKIES) break;
  }
  return values;
}
