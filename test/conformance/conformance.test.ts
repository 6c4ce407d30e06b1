import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DIFFERENCES } from './differences.ts';
import { startOurHub } from './our-hub.ts';
import { startJupyterHub } from './real-jupyterhub.ts';
import { replay, type Said } from './replay.ts';
import { REQUESTS, TOKENS } from './requests.ts';
import type { Side } from './side.ts';
import { titleOf } from './step.ts';

const ALL = [...TOKENS, ...REQUESTS];
let real: readonly Said[];
let ours: readonly Said[];

beforeAll(async () => {
  const sides: Side[] = [];
  try {
    sides.push(await startJupyterHub(), await startOurHub());
    [real = [], ours = []] = await Promise.all(sides.map((side) => replay(side, ALL, new Map())));
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
}, 900_000);

describe('what the real JupyterHub 5.2.1 says, ours says too', () => {
  test.each(ALL.map((step, at) => [at, titleOf(step)] as const))('%i %s', (at, title) => {
    const reason = DIFFERENCES.find(({ request }) => request.test(title));
    if (reason === undefined) expect(ours[at]).toEqual(real[at]);
    // A reason that has gone is taken off the list.
    else expect(ours[at], reason.because).not.toEqual(real[at]);
  });
});

afterAll(() => {
  const told = ALL.filter((_, at) => JSON.stringify(real[at]) !== JSON.stringify(ours[at])).length;
  console.log(`${ALL.length} requests, ${told} answered differently, for ${DIFFERENCES.length} reasons`);
});
