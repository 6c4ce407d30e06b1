import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { RENEW_HEADER } from '../contract.ts';
import { askWhole, type WholeAnswer } from '../http/whole-answer.ts';
import type { OpenExchanges } from '../open-exchanges.ts';
import type { Routes } from '../routes/routes.ts';
import type { UpstreamPools } from '../upstream/upstream-pool.ts';
import type { Guard } from './guard.ts';
import type { Visit } from './visit.ts';

/** What the hub says of a visit: the value of a fresh cookie, that it is over, or nothing: it is away. */
export type Renewal = { readonly cookie: string } | 'over' | 'away';

export type RenewalHandler = (renewal: Renewal) => void;

export interface RenewalParts {
  readonly clock: Clock;
  readonly routes: Routes;
  readonly pools: UpstreamPools;
  readonly open: OpenExchanges;
  readonly log: Logger;
}

interface Asked {
  /** Who waits; undefined once the answer is there. */
  waiting: RenewalHandler[] | undefined;
  renewal: Renewal;
  until: number;
}

const DEADLINE_MS = 5_000;
const MAX_BYTES = 16 * 1024;
/** How long an answer is given again: to what a page sent with the old cookie before it knew the new one … */
const FRESH_MS = 120_000;
/** … and so that a page that asks on and on, or a hub that starts, is not asked with every request. */
const OVER_MS = 2_000;
const AWAY_MS = 1_000;
const MAX_ASKED = 10_000;
/** The value of a cookie: it goes into a header of ours. */
const COOKIE = /^[\w.~-]{1,4096}$/;

/** Has visits renewed by the hub: one question for each cookie, however many requests carry it. */
export class Renewals {
  readonly #parts: RenewalParts;
  readonly #asked = new Map<string, Asked>();

  constructor(parts: RenewalParts) {
    this.#parts = parts;
  }

  /** Calls back once, at once if the answer is known. */
  renew(guard: Guard, visit: Visit, handler: RenewalHandler): void {
    const known = this.#asked.get(visit.value);
    const fits = known !== undefined && (known.waiting !== undefined || this.#holds(guard, known));
    if (fits && known.waiting !== undefined) known.waiting.push(handler);
    else if (fits) handler(known.renewal);
    else if (this.#asked.size >= MAX_ASKED) handler('away');
    else this.#ask(guard, visit, handler);
  }

  /** Forgets answers whose time is over. Called on each tick. */
  sweep(now: number): void {
    for (const [value, asked] of this.#asked)
      if (asked.waiting === undefined && now > asked.until) this.#asked.delete(value);
  }

  /** Is the answer still one? A cookie that was made void since is none. */
  #holds(guard: Guard, { renewal, until }: Asked): boolean {
    const { now, date } = this.#parts.clock;
    if (now > until) return false;
    if (renewal === 'over' || renewal === 'away') return true;
    const fresh = guard.visit(renewal.cookie);
    return fresh !== undefined && guard.standing(fresh, date) !== 'over';
  }

  #ask(guard: Guard, visit: Visit, handler: RenewalHandler): void {
    const asked: Asked = { waiting: [handler], renewal: 'away', until: 0 };
    this.#asked.set(visit.value, asked);
    this.#question(guard, visit, (renewal) => {
      const { clock } = this.#parts;
      const kept = renewal === 'over' ? OVER_MS : renewal === 'away' ? AWAY_MS : FRESH_MS;
      asked.renewal = renewal;
      asked.until = clock.now + kept;
      const waiting = asked.waiting ?? [];
      asked.waiting = undefined;
      for (const tell of waiting) tell(renewal);
    });
  }

  #question(guard: Guard, visit: Visit, tell: RenewalHandler): void {
    const { routes, pools, open, clock, log } = this.#parts;
    const route = routes.match(guard.renew)?.value;
    if (route === undefined || route.isNotebook) {
      log.error({ path: guard.renew }, 'there is no route to the hub: visits cannot be renewed');
      tell('away');
      return;
    }
    const { target } = route;
    const head = `POST ${target.basePath}${guard.renew} HTTP/1.1\r\nHost: ${target.authority}\r\nConnection: keep-alive\r\nContent-Length: 0\r\n${RENEW_HEADER}: ${visit.value}\r\n\r\n`;
    const question = { method: 'POST', head, deadline: clock.now + DEADLINE_MS, maxBytes: MAX_BYTES };
    askWhole(pools.acquire(target, true), open, question, (answer, reason) => {
      const renewal = read(guard, answer);
      if (renewal === 'away')
        log.warn({ path: guard.renew, status: answer?.status, reason }, 'the hub renews no visit');
      tell(renewal);
    });
  }
}

function read(guard: Guard, answer: WholeAnswer | undefined): Renewal {
  if (answer?.status === 403) return 'over';
  if (answer?.status !== 200) return 'away';
  try {
    const body: unknown = JSON.parse(answer.body.toString());
    if (typeof body !== 'object' || body === null || !('cookie' in body)) return 'away';
    const { cookie } = body;
    // What the hub did not sign for this route would only be refused later.
    if (typeof cookie !== 'string' || !COOKIE.test(cookie)) return 'away';
    return guard.visit(cookie) === undefined ? 'away' : { cookie };
  } catch {
    return 'away';
  }
}
