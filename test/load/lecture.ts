import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../soak/dice.ts';
import type { Person } from './person.ts';

/** Two thirds of the way into it most are there. */
const EARLY = { share: 0.7, within: 0.4 };
/** Some have left by the end, some have shut nothing. */
const SIGN_OUT_SHARE = 0.5;
const POLL_MS = 10_000;
const THINK = [4_000, 15_000] as const;
const AGAIN = [2_000, 5_000] as const;
/** One act in so many is a save, the others run a cell. */
const SAVE_SHARE = 0.3;

export interface LecturePlan {
  /** Milliseconds within which they come. */
  readonly arrive: number;
  /** Milliseconds from the beginning to the end of the lecture. */
  readonly length: number;
  /** Their pauses between two acts, in milliseconds; absent: as of somebody who reads and types. */
  readonly think?: readonly [number, number];
}

/** When each comes, in milliseconds: most in the first two of five minutes. */
export function arrivals(people: number, within: number, dice: Dice): readonly number[] {
  return Array.from({ length: people }, () => {
    const early = dice.roll() < EARLY.share;
    return early ? dice.between(0, within * EARLY.within) : dice.between(within * EARLY.within, within);
  }).toSorted((a, b) => a - b);
}

/**
 * One person's lecture: comes, signs in, starts, works, keeps an idle tab, leaves. What fails is tried again, as people do
 * who press the button once more; `until` ends all pauses.
 */
export async function attend(
  person: Person,
  comes: number,
  { length, think = THINK }: LecturePlan,
  dice: Dice,
  until: AbortSignal,
): Promise<void> {
  const begun = Date.now();
  if (!(await paused(comes, until))) return;
  // The last quarter is for those who do nothing any more and whose tab stays open.
  const idleFrom = begun + comes + (length - comes) * dice.between(0.5, 0.95);
  const signsOut = dice.roll() < SIGN_OUT_SHARE;
  const polling = keepPolling(person, until);
  while (Date.now() < idleFrom && !until.aborted) {
    const well = await work(person, { end: idleFrom, think }, dice, until).then(
      () => true,
      () => false,
    );
    if (!well) await paused(dice.between(...AGAIN), until);
  }
  if (!signsOut) await paused(begun + length - Date.now(), until);
  await polling.stop();
  if (signsOut) await person.signOut().catch(() => {});
  person.leave();
}

/** From wherever they are to a cell that runs, and on. @throws when something of it fails. */
async function work(
  person: Person,
  { end, think }: { readonly end: number; readonly think: readonly [number, number] },
  dice: Dice,
  until: AbortSignal,
): Promise<void> {
  if (!(await person.isIn())) await person.signIn();
  await person.startUnlessRunning();
  await person.open();
  await person.useKernel();
  while (Date.now() < end && !until.aborted) {
    if (dice.roll() < SAVE_SHARE) await person.save();
    else await person.runCell(`n${Math.floor(dice.roll() * 1e6)}`);
    await paused(dice.between(...think), until);
  }
}

/** Tabs poll until they are told to stop; the last answer is waited for. */
function keepPolling(person: Person, until: AbortSignal): { stop(): Promise<void> } {
  const over = new AbortController();
  const either = AbortSignal.any([over.signal, until]);
  const work = (async () => {
    while (await paused(POLL_MS, either)) {
      if (person.connected) await person.poll().catch(() => {});
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await work;
    },
  };
}

/** Whether the time passed; false when it ended before. */
async function paused(ms: number, until: AbortSignal): Promise<boolean> {
  try {
    await sleep(Math.max(0, ms), undefined, { signal: until });
    return true;
  } catch {
    return false;
  }
}
