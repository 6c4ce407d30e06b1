import { expect, test } from 'vitest';
import { EVERY_READER } from './every-reader.ts';
import { fuzzReader } from './fuzz-reader.ts';

/** `npm run fuzz` runs for minutes, with other seeds. */
const ROUNDS = 40;
const SEED = 20_261_122;

test.each(EVERY_READER.map((target) => [target.name, target] as const))(
  'no input breaks the reader of %s',
  { timeout: 120_000 },
  async (_, target) => {
    const { rounds, blocks } = await fuzzReader(target, { seed: SEED, rounds: ROUNDS, time: 60_000 });
    expect(rounds).toBe(ROUNDS);
    // Had nothing of ours run, nothing would have been tried.
    expect(blocks).toBeGreaterThan(3);
  },
);
