const NAME = 'jupyterhub_request_duration_seconds';
/** Seconds: those of prom-client and of JupyterHub's own library, so that dashboards read both. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Tally {
  /** How many lay within each bound and not within the one before; the last is the rest. */
  readonly within: number[];
  sum: number;
  count: number;
}

export interface RequestTaken {
  readonly method: string;
  readonly handler: string;
  readonly code: number;
  readonly seconds: number;
}

/**
 * How long requests took, as a histogram of Prometheus. Beside prom-client and not in it: there each request
 * sorts and joins its labels anew, an eighth of what the shortest call of the API costs in all
 * (`npm run bench:contract`). Handlers are patterns, so there are few.
 */
export class RequestDurations {
  readonly #tallies = new Map<string, Map<string, Map<number, Tally>>>();

  observe({ method, handler, code, seconds }: RequestTaken): void {
    const tally = this.#tallyOf(handler, method, code);
    let at = 0;
    while (at < BOUNDS.length && seconds > (BOUNDS[at] ?? 0)) at += 1;
    tally.within[at] = (tally.within[at] ?? 0) + 1;
    tally.sum += seconds;
    tally.count += 1;
  }

  /** In the text format of Prometheus. */
  text(): string {
    const lines = [`# HELP ${NAME} Request duration for all HTTP requests`, `# TYPE ${NAME} histogram`];
    for (const [handler, methods] of this.#tallies) {
      for (const [method, codes] of methods) {
        for (const [code, tally] of codes) {
          const labels = `method="${quoted(method)}",handler="${quoted(handler)}",code="${code}"`;
          lines.push(...linesOf(labels, tally));
        }
      }
    }
    return `${lines.join('\n')}\n`;
  }

  #tallyOf(handler: string, method: string, code: number): Tally {
    const methods = this.#tallies.get(handler) ?? new Map<string, Map<number, Tally>>();
    this.#tallies.set(handler, methods);
    const codes = methods.get(method) ?? new Map<number, Tally>();
    methods.set(method, codes);
    const tally = codes.get(code) ?? { within: new Array(BOUNDS.length + 1).fill(0), sum: 0, count: 0 };
    codes.set(code, tally);
    return tally;
  }
}

function linesOf(labels: string, { within, sum, count }: Tally): readonly string[] {
  let upTo = 0;
  const buckets = BOUNDS.map((bound, at) => {
    upTo += within[at] ?? 0;
    return `${NAME}_bucket{le="${bound}",${labels}} ${upTo}`;
  });
  return [
    ...buckets,
    `${NAME}_bucket{le="+Inf",${labels}} ${count}`,
    `${NAME}_sum{${labels}} ${sum}`,
    `${NAME}_count{${labels}} ${count}`,
  ];
}

function quoted(label: string): string {
  return label.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
