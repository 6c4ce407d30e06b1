import { loadavg } from 'node:os';
import { request } from 'undici';
import { engineSeconds } from '../bench/engine-seconds.ts';
import { cpuSeconds } from '../bench/proxy-contenders.ts';
import { openFiles, residentMb } from '../soak/process-figures.ts';
import { ownAgent } from './own-agent.ts';

const EVERY_MS = 2_000;
const ANSWER_MS = 5_000;

/** One look at everything. Shares of processor time are of one core: 1 is a core at full use. */
export interface Sample {
  /** Seconds since the watch began. */
  readonly at: number;
  readonly cpu: Readonly<Record<'hub' | 'proxy' | 'engine' | 'generator', number>>;
  /** MB. */
  readonly memory: Readonly<Record<'hub' | 'proxy' | 'generator', number>>;
  /** Of the hub's memory what its JavaScript objects take, dead ones that nobody has swept up yet among them. MB. */
  readonly heap: number;
  readonly files: Readonly<Record<'hub' | 'proxy', number>>;
  /** Of the hub's event loop since the last look, as a mean in milliseconds beyond what was asked for; null unknown. */
  readonly loopDelay: number | null;
  /** What keeps the hub's event loop alive: sockets, timers, watches. */
  readonly resources: number;
  readonly load: number;
}

export interface Watched {
  readonly url: string;
  /** With the scope `read:metrics`. */
  readonly token: string;
  readonly pids: () => Promise<Readonly<Record<'hub' | 'proxy', number>>>;
}

/** Looks at hub, proxy, engine and this very process every two seconds, until it is told to end. */
export class MachineWatch {
  readonly samples: Sample[] = [];
  readonly #watched: Watched;
  readonly #agent = ownAgent(ANSWER_MS);
  readonly #began = performance.now();
  #why = '';
  readonly #over = new AbortController();
  readonly #work: Promise<void>;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#work = this.#watch();
  }

  /** @throws Error when there was nothing to see all the time. */
  async close(): Promise<void> {
    this.#over.abort();
    await this.#work;
    await this.#agent.destroy();
    if (this.samples.length === 0) throw new Error(`nothing could be measured: ${this.#why}`);
  }

  async #watch(): Promise<void> {
    let before = await this.#look();
    for (;;) {
      await new Promise((later) => setTimeout(later, EVERY_MS));
      if (this.#over.signal.aborted) return;
      const now = await this.#look();
      // While one of them is away there is nothing to measure.
      if (before !== null && now !== null && samePids(before, now))
        this.samples.push(this.#between(before, now));
      before = now;
    }
  }

  #between(before: Look, now: Look): Sample {
    const seconds = (now.at - before.at) / 1000;
    const share = (who: keyof Look['cpu']) => (now.cpu[who] - before.cpu[who]) / seconds;
    const turns = now.turns - before.turns;
    return {
      at: (now.at - this.#began) / 1000,
      cpu: {
        hub: share('hub'),
        proxy: share('proxy'),
        engine: share('engine'),
        generator: share('generator'),
      },
      memory: now.memory,
      heap: now.heap,
      files: now.files,
      loopDelay: turns > 0 ? Math.max(0, ((now.turned - before.turned) / turns - 0.1) * 1000) : null,
      resources: now.resources,
      load: loadavg()[0] ?? 0,
    };
  }

  async #look(): Promise<Look | null> {
    try {
      const pids = await this.#watched.pids();
      const text = await this.#metrics();
      const own = process.cpuUsage();
      return {
        at: performance.now(),
        pids,
        cpu: {
          hub: cpuSeconds(pids.hub),
          proxy: cpuSeconds(pids.proxy),
          engine: engineSeconds() - cpuSeconds(pids.hub) - cpuSeconds(pids.proxy),
          generator: (own.user + own.system) / 1e6,
        },
        memory: {
          hub: residentMb(pids.hub),
          proxy: residentMb(pids.proxy),
          generator: process.memoryUsage.rss() / 2 ** 20,
        },
        heap: metricOf(text, 'nodejs_heap_size_used_bytes') / 2 ** 20,
        files: { hub: openFiles(pids.hub), proxy: openFiles(pids.proxy) },
        turns: metricOf(text, 'jupyterhub_event_loop_interval_seconds_count'),
        turned: metricOf(text, 'jupyterhub_event_loop_interval_seconds_sum'),
        resources: metricOf(text, 'nodejs_active_resources_total'),
      };
    } catch (error) {
      this.#why = error instanceof Error ? error.message : String(error);
      // One of them has just ended, or does not answer: the next look finds the new one.
      return null;
    }
  }

  async #metrics(): Promise<string> {
    const answer = await request(`${this.#watched.url}/hub/metrics`, {
      headers: { authorization: `token ${this.#watched.token}` },
      dispatcher: this.#agent,
      signal: AbortSignal.any([AbortSignal.timeout(ANSWER_MS), this.#over.signal]),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`the metrics were answered with ${answer.statusCode}`);
    return text;
  }
}

interface Look {
  readonly at: number;
  readonly pids: Readonly<Record<'hub' | 'proxy', number>>;
  /** Seconds used so far. */
  readonly cpu: Readonly<Record<'hub' | 'proxy' | 'engine' | 'generator', number>>;
  readonly memory: Sample['memory'];
  readonly heap: number;
  readonly files: Sample['files'];
  readonly turns: number;
  readonly turned: number;
  readonly resources: number;
}

const samePids = (one: Look, other: Look): boolean =>
  one.pids.hub === other.pids.hub && one.pids.proxy === other.pids.proxy;

function metricOf(text: string, name: string): number {
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
}
