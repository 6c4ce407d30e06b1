// One reader in a thread of its own, so that one that never ends can be ended. What it reads stands in shared memory.
import '../look/tsx.ts';
import { parentPort, workerData } from 'node:worker_threads';

const { EVERY_READER } = await import('./every-reader.ts');
const { fuzzReader } = await import('./fuzz-reader.ts');

export interface ReaderTask {
  readonly name: string;
  readonly seed: number;
  readonly time: number;
  /** The input under way: four bytes of its length, then UTF-8. */
  readonly input: SharedArrayBuffer;
  /** Inputs begun. */
  readonly rounds: SharedArrayBuffer;
}

const task: ReaderTask = workerData;
const target = EVERY_READER.find(({ name }) => name === task.name);
if (target === undefined) throw new Error(`there is no reader ${task.name}`);
const place = new Uint8Array(task.input);
const ran = await fuzzReader(target, {
  seed: task.seed,
  rounds: Number.POSITIVE_INFINITY,
  time: task.time,
  begin(round, input) {
    const { written } = new TextEncoder().encodeInto(input, place.subarray(4));
    new DataView(task.input).setUint32(0, written);
    Atomics.store(new Int32Array(task.rounds), 0, round);
  },
});
parentPort?.postMessage(ran);
