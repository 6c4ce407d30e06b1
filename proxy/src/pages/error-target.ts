import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { askWhole, type WholeAnswer } from '../http/whole-answer.ts';
import type { OpenExchanges } from '../open-exchanges.ts';
import { parseTarget, type Target } from '../routes/target.ts';
import type { UpstreamPools } from '../upstream/upstream-pool.ts';

export interface ErrorBody {
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type ErrorBodyHandler = (page: ErrorBody | undefined) => void;

const DEADLINE_MS = 5_000;
const MAX_PAGE_BYTES = 1024 * 1024;
const RELAYED = new Map([
  ['content-type', 'Content-Type'],
  ['content-encoding', 'Content-Encoding'],
  ['content-language', 'Content-Language'],
  ['content-security-policy', 'Content-Security-Policy'],
]);

/** The server that explains errors: `GET <target>/<code>?url=<escaped>`, as configurable-http-proxy asks it. */
export class ErrorTarget {
  readonly #target: Target;
  readonly #pools: UpstreamPools;
  readonly #open: OpenExchanges;
  readonly #clock: Clock;
  readonly #log: Logger;

  /** Throws Refusal when `url` is not an acceptable target. */
  constructor(url: string, pools: UpstreamPools, open: OpenExchanges, clock: Clock, log: Logger) {
    this.#target = parseTarget(url);
    this.#pools = pools;
    this.#open = open;
    this.#clock = clock;
    this.#log = log;
  }

  /**
   * Calls back once: with the page, or with undefined when there is none to be had in time. `languages` is the
   * browser's Accept-Language, so that the page speaks to whoever reads it; nothing else of the request goes along.
   */
  fetch(status: number, url: string, languages: string | undefined, handler: ErrorBodyHandler): void {
    const path = `${this.#target.basePath}/${status}?url=${encodeURIComponent(url)}`;
    const head = `GET ${path} HTTP/1.1\r\nHost: ${this.#target.authority}\r\nConnection: keep-alive\r\n${wish(languages)}\r\n`;
    const asked = { method: 'GET', head, deadline: this.#clock.now + DEADLINE_MS, maxBytes: MAX_PAGE_BYTES };
    askWhole(this.#pools.acquire(this.#target, true), this.#open, asked, (answer, reason) => {
      if (answer === undefined)
        this.#log.error({ target: this.#target.url, reason }, 'no page from the error target');
      handler(answer === undefined ? undefined : pageOf(answer));
    });
  }
}

/** A header line, or nothing when the browser's is none that a header should hold. */
function wish(languages: string | undefined): string {
  return languages !== undefined && /^[\w ,;=.*-]{1,200}$/.test(languages)
    ? `Accept-Language: ${languages}\r\n`
    : '';
}

function pageOf({ headers: pairs, body }: WholeAnswer): ErrorBody {
  const relayed: Record<string, string> = {};
  for (let i = 0; i < pairs.length; i += 2) {
    const name = RELAYED.get((pairs[i] ?? '').toLowerCase());
    if (name !== undefined) relayed[name] = pairs[i + 1] ?? '';
  }
  const { 'Content-Type': contentType = 'text/html', ...headers } = relayed;
  return { contentType, headers, body };
}
