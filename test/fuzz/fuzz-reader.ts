import { Dice } from '../soak/dice.ts';
import { CoveredCode } from './covered-code.ts';
import { below, mutateText } from './mutate.ts';
import { mustLeavePrototypes, type ReaderTarget } from './reader-target.ts';

export interface Run {
  readonly seed: number;
  /** Inputs to try at most. */
  readonly rounds: number;
  /** Milliseconds after which no further input is begun. */
  readonly time: number;
  /** Told before each input is read. */
  readonly begin?: (round: number, input: string) => void;
}

export interface Ran {
  readonly rounds: number;
  /** Inputs that ran code which none before had. */
  readonly kept: number;
  readonly blocks: number;
  readonly slowest: number;
}

/** An honest reader is done with the longest input by then, on a busy machine too. */
const READ_MS = 10_000;
const CORPUS_MOST = 400;

/**
 * Feeds a reader with changed inputs, and goes on from those that made new code run.
 *
 * @throws Error with seed, round and input when a rule does not hold.
 */
export async function fuzzReader(target: ReaderTarget, { seed, rounds, time, begin }: Run): Promise<Ran> {
  const dice = new Dice(seed);
  const covered = new CoveredCode();
  const corpus = [...target.seeds];
  const end = performance.now() + time;
  let [round, kept, slowest] = [0, 0, 0];
  try {
    for (; round < rounds && performance.now() < end; round += 1) {
      const whole = round < target.seeds.length;
      const input = whole
        ? (target.seeds[round] ?? '')
        : mutateText(pick(corpus, dice), { dice, words: target.words, others: corpus });
      begin?.(round, input);
      const begun = performance.now();
      await readOne(target, input, `${target.name}, seed ${seed}, round ${round}`);
      slowest = Math.max(slowest, performance.now() - begun);
      if (covered.look() === 0 || whole) continue;
      kept += 1;
      if (corpus.length < CORPUS_MOST) corpus.push(input);
      else corpus[below(dice, CORPUS_MOST)] = input;
    }
  } finally {
    covered.close();
  }
  return { rounds: round, kept, blocks: covered.blocks, slowest };
}

async function readOne(target: ReaderTarget, input: string, where: string): Promise<void> {
  const begun = performance.now();
  try {
    await target.read(input);
    mustLeavePrototypes();
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.stack : String(error)}\n${shown(input)}`);
  }
  const took = performance.now() - begun;
  if (took > READ_MS) throw new Error(`${where}: ${took.toFixed(0)} ms\n${shown(input)}`);
}

/** As it can be pasted into a test. */
export function shown(input: string): string {
  const word = JSON.stringify(input);
  return word.length <= 4000 ? word : `${word.slice(0, 4000)}… (${input.length} characters)`;
}

/** Young ones first: they are nearest to what nobody has seen yet. */
function pick(corpus: readonly string[], dice: Dice): string {
  const young = below(dice, 2) === 0 ? Math.max(0, corpus.length - 20) : 0;
  return corpus[young + below(dice, corpus.length - young)] ?? '';
}
