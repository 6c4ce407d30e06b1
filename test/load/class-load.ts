import type { Stack } from '../e2e/stack.ts';
import { lost } from './check-ledger.ts';
import { ClassOfPeople } from './class-of-people.ts';
import { pidOf, SMALL, TEACHER, teachersToken } from './load-stack.ts';
import { type RunConditions, runConditions } from './run-conditions.ts';
import type { ActFigures } from './tally.ts';
import { MachineWatch, type Sample } from './watch-machine.ts';

export interface LoadSize {
  readonly people: number;
  readonly labs: number;
  /** Within which they come, and after which the lecture goes on for. */
  readonly minutes: number;
  readonly more: number;
  readonly seed: number;
}

/** All that a run measured; the report is written from it and from nothing else. */
export interface LoadRun {
  readonly size: LoadSize;
  readonly conditions: RunConditions;
  readonly acts: readonly ActFigures[];
  /** How many of the people ran a cell at least once. */
  readonly served: number;
  /** When each start was done: seconds since the beginning, and how long it took. */
  readonly starts: readonly { readonly at: number; readonly took: number }[];
  readonly samples: readonly Sample[];
  readonly saves: number;
  readonly lost: readonly string[];
  /** How many the kernel's table of neighbours takes, and why. */
  readonly neighbours: string;
  /** Up to twenty failures in words. */
  readonly words: readonly string[];
}

/** Lets a class of people use a stack that is up, and measures. */
export async function classLoad(
  stack: Stack,
  url: string,
  size: LoadSize,
): Promise<Omit<LoadRun, 'neighbours'>> {
  const conditions = await runConditions(stack, url.startsWith('https:') ? 'nginx' : 'none');
  const arrive = size.minutes * 60_000;
  const course = new ClassOfPeople({
    url,
    people: size.people,
    labs: size.labs,
    seed: size.seed,
    plan: { arrive, length: arrive + size.more * 60_000 },
    word: 'pupil',
  });
  try {
    await course.person(TEACHER, SMALL).signIn();
    const token = await teachersToken(stack);
    const pids = { hub: await pidOf(stack, 'hub'), proxy: await pidOf(stack, 'proxy') };
    const watch = new MachineWatch({ url, token, pids: async () => pids });
    const began = Date.now();
    course.tally.ended.length = 0;
    await course.attend();
    await watch.close();
    const { tally, ledger } = course;
    return {
      size,
      conditions,
      acts: tally.figures(),
      served: tally.whoDid('run a cell').size,
      starts: tally.ended
        .filter(({ act, code }) => act === 'wait for the start' && code === null)
        .map(({ at, took }) => ({ at: (at - began) / 1000, took: took / 1000 })),
      samples: watch.samples,
      saves: ledger.saves,
      lost: await lost(ledger, url, token),
      words: tally.ended
        .filter(({ code }) => code !== null)
        .slice(0, 20)
        .map(({ act, code, words }) => `${act}: ${code} ${words.slice(0, 200)}`),
    };
  } finally {
    await course.close();
  }
}
