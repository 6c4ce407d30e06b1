// `npm run fuzz`: every reader and every door, with a seed of its own. `-- --minutes 30 --seed 7 --only next`.
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import '../look/tsx.ts';
import { type Ran, shown } from './fuzz-reader.ts';

const { EVERY_READER } = await import('./every-reader.ts');
const { openFuzzHouse } = await import('./doors/fuzz-house.ts');
const { fuzzDoors } = await import('./doors/fuzz-doors.ts');
const { fuzzBytes } = await import('./doors/fuzz-bytes.ts');

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string', default: '' },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0 && minutes <= 24 * 60) || !Number.isSafeInteger(seed))
  throw new Error('say --minutes (up to a day) and --seed, numbers');

/** A reader that says nothing for so long hangs. */
const HANGS_MS = 30_000;
/** What may live on in a house, whatever it is asked: caches fill, then they are full. */
const GROWTH_MB = 60;
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const DOORS = 'doors';
const BYTES = 'bytes';

let failed = 0;
const names = [...EVERY_READER.map(({ name }) => name), DOORS, BYTES].filter((name) =>
  name.includes(values.only),
);
// Doors hold the most code: half of the time is theirs.
const shares = names.map((name) => (name === DOORS ? EVERY_READER.length : name === BYTES ? 4 : 1));
const share = (minutes * 60_000) / shares.reduce((sum, one) => sum + one, 0);
console.log(`seed ${seed}, ${minutes} minutes, ${names.length} subjects\n`);
for (const [at, name] of names.entries()) {
  const time = share * (shares[at] ?? 1);
  const told = await (name === DOORS || name === BYTES ? runDoors(name, time) : runReader(name, time)).catch(
    (error: unknown) => {
      failed += 1;
      return `BROKEN\n${error instanceof Error ? error.message : String(error)}\n`;
    },
  );
  console.log(`${name.padEnd(44)} ${told}`);
}
console.log(failed === 0 ? '\nno rule was broken' : `\n${failed} broken`);
process.exit(failed === 0 ? 0 : 1);

async function runReader(name: string, time: number): Promise<string> {
  const input = new SharedArrayBuffer(2 ** 20);
  const rounds = new SharedArrayBuffer(4);
  const worker = new Worker(new URL('./reader-worker.ts', import.meta.url), {
    workerData: { name, seed, time, input, rounds },
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  const ended = Promise.withResolvers<Ran>();
  worker.once('message', ended.resolve);
  worker.once('error', ended.reject);
  worker.once('exit', (code) =>
    ended.reject(new Error(`the thread ended with ${code} at ${inputOf(input)}`)),
  );
  let [before, since] = [-1, performance.now()];
  const watch = setInterval(() => {
    const now = Atomics.load(new Int32Array(rounds), 0);
    if (now !== before) [before, since] = [now, performance.now()];
    else if (performance.now() - since > HANGS_MS)
      ended.reject(new Error(`hangs, seed ${seed}, round ${now}: ${inputOf(input)}`));
  }, 1000);
  try {
    const ran = await ended.promise;
    return `${ran.rounds} inputs, ${ran.kept} led on, ${ran.blocks} blocks, slowest ${ran.slowest.toFixed(0)} ms`;
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}

function inputOf(input: SharedArrayBuffer): string {
  const length = new DataView(input).getUint32(0);
  return shown(Buffer.from(input.slice(4, 4 + length)).toString('utf8'));
}

/** Bytes in use once all garbage is gone: what the process has from the system says more of a busy machine than of a leak. */
function living(): number {
  // Twice: what the first one finalizes is free after the second.
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function runDoors(which: string, time: number): Promise<string> {
  const house = await openFuzzHouse();
  try {
    const warm = { seed, rounds: 400, time: time / 4 };
    if (which === BYTES) {
      const { rounds, forwarded } = await fuzzBytes(house, { seed, rounds: Number.POSITIVE_INFINITY, time });
      return `${rounds} connections, ${forwarded} requests reached a server`;
    }
    await fuzzDoors(house, warm);
    const before = living();
    const { requests, routes, taken, slowest } = await fuzzDoors(house, {
      seed: seed + 1,
      rounds: Number.POSITIVE_INFINITY,
      time,
    });
    const grown = (living() - before) / 2 ** 20;
    if (grown > GROWTH_MB) throw new Error(`${grown.toFixed(0)} MB more after ${requests} requests`);
    return `${requests} requests, ${routes} routes, ${taken} taken, slowest ${slowest.toFixed(0)} ms, ${grown.toFixed(0)} MB more`;
  } finally {
    await house.close();
  }
}
