import { type Drift, driftOf, isFlat } from './drift.ts';
import type { RunConditions } from './run-conditions.ts';
import type { Sample } from './watch-machine.ts';

/** All that an hour of coming and going measured; page and verdict are made from it and from nothing else. */
export interface SoakRun {
  readonly size: { readonly minutes: number; readonly people: number; readonly seed: number };
  readonly conditions: RunConditions;
  /** Servers that were started, and stopped again. */
  readonly starts: number;
  readonly acts: number;
  readonly failures: readonly string[];
  readonly samples: readonly Sample[];
  /** Seconds since the beginning, and KB of the store's file. */
  readonly store: readonly (readonly [at: number, size: number])[];
  readonly lost: readonly string[];
}

/** How each figure moved once all was warm. */
export function driftsOf({ samples, store }: SoakRun): readonly Drift[] {
  const of = (name: string, value: (sample: Sample) => number, slack: number) =>
    driftOf(
      name,
      samples.map((sample) => [sample.at, value(sample)] as const),
      slack,
    );
  return [
    of('hub, MB', ({ memory }) => memory.hub, 12),
    of('proxy, MB', ({ memory }) => memory.proxy, 12),
    of('hub, descriptors', ({ files }) => files.hub, 8),
    of('proxy, descriptors', ({ files }) => files.proxy, 8),
    of('hub, timers and handles', ({ resources }) => resources, 8),
    driftOf('store, KB', store, 8),
  ];
}

/** What a run promises and did not keep, in words; nothing when all was well. */
export function shortOfSoak(run: SoakRun): readonly string[] {
  return [
    ...driftsOf(run)
      .filter((drift) => !isFlat(drift))
      .map((drift) => `it climbs: ${driftWords(drift)}`),
    ...run.failures.slice(0, 10),
    ...run.lost,
  ];
}

/** A run in lines for a terminal. */
export function saySoak(run: SoakRun): string {
  const { size, starts, acts, failures } = run;
  const done = `${size.minutes} min, ${size.people} people, seed ${size.seed}: ${starts} starts and stops, ${acts} acts, ${failures.length} failed`;
  const short = shortOfSoak(run);
  return [done, ...driftsOf(run).map(driftWords), short.join('\n') || 'all flat, nothing lost'].join('\n');
}

const driftWords = ({ name, level, gained, allowed }: Drift): string =>
  `${name}: ${level.toFixed(1)}, ${gained >= 0 ? '+' : ''}${gained.toFixed(1)} (${allowed.toFixed(1)} allowed)`;
