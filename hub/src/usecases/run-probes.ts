import { isFresh } from '../domain/is-fresh.ts';
import { type Finding, fail, PROBE_CODES, PROBES, type Probe, type ProbeResult } from '../domain/probe.ts';

/** What the doctor said, and when it had looked. */
export interface Diagnosis {
  readonly at: number;
  readonly results: readonly ProbeResult[];
}

/** Looks at everything, unless somebody has within `maxAge` milliseconds; who comes meanwhile joins. */
export type RunProbes = (maxAge: number) => Promise<Diagnosis>;

const SAYS_MAX = 500;

/**
 * All probes at once, each with its own deadline: one that hangs is a failure by itself and delays nobody's answer
 * beyond that. Never throws.
 */
export function makeRunProbes(probes: readonly Probe[], clock: { now(): number }): RunProbes {
  let last: Diagnosis | null = null;
  let running: Promise<Diagnosis> | null = null;

  async function lookAtAll(): Promise<Diagnosis> {
    const results = await Promise.all(probes.map((probe) => lookAt(probe, clock)));
    const place = ({ code }: ProbeResult) => PROBE_CODES.indexOf(code);
    last = { at: clock.now(), results: results.toSorted((a, b) => place(a) - place(b)) };
    return last;
  }

  return async (maxAge) => {
    if (last !== null && isFresh(last.at, clock.now(), maxAge)) return last;
    running ??= lookAtAll().finally(() => {
      running = null;
    });
    return await running;
  };
}

async function lookAt({ code, deadline, look }: Probe, clock: { now(): number }): Promise<ProbeResult> {
  const begun = clock.now();
  const late = new AbortController();
  const timeUp = Promise.withResolvers<Finding>();
  const timer = setTimeout(() => {
    timeUp.resolve(
      fail(`No answer within ${deadline / 1000} s.`, 'Look again; if it stays, see the hub’s log.'),
    );
    late.abort(new Error('the probe’s time is up'));
  }, deadline);
  const looked = (async () => await look(late.signal))().catch((error: unknown) =>
    fail(error instanceof Error ? error.message : String(error), 'See the hub’s log.'),
  );
  const { level, says, next } = await Promise.race([timeUp.promise, looked]);
  clearTimeout(timer);
  return { code, title: PROBES[code], level, says: says.slice(0, SAYS_MAX), next, ms: clock.now() - begun };
}
