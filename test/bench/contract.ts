// `npm run bench:contract [-- --rounds 5 --seconds 3]`: our hub beside the real JupyterHub 5.2.1 (Debian), both with
// 5,000 users, 5,000 tokens and 500 running servers, in turns. Needs Docker and wrk. Exit code 1 when a number of the
// issue is not reached.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startJupyterHub } from '../conformance/real-jupyterhub.ts';
import { CROWD } from './contract-data.ts';
import { startOurs } from './contract-hub.ts';
import { CALLS, type Figure, load } from './contract-load.ts';
import { takePriority } from './proxy-priority.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '3' } },
});
const ROUNDS = Number(values.rounds);
const SECONDS = Number(values.seconds);
const RATIO = 30;
const P99_MS = 10;
const RSS_MB = 200;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

takePriority();
const ours = await startOurs();
let real: Awaited<ReturnType<typeof startJupyterHub>> | null = null;
let reached = true;
let resident = 0;
try {
  real = await startJupyterHub(CROWD);
  console.log(
    `load ${loadavg()[0]?.toFixed(2)} at the start; ${ROUNDS} rounds of ${SECONDS} s, 16 connections`,
  );
  for (const call of CALLS) {
    const rounds: { readonly mine: Figure; readonly other: Figure }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const other = await load(real.url, call, SECONDS);
      rounds.push({ mine: await load(ours.url, call, SECONDS), other });
      resident = Math.max(resident, ours.rss());
    }
    // Of neighbours in time: what else the machine does weighs on both.
    const ratio = median(rounds.map(({ mine, other }) => mine.rate / other.rate));
    const p99 = median(rounds.map(({ mine }) => mine.p99));
    const good = ratio >= RATIO && p99 < P99_MS;
    reached &&= good;
    const rates = rounds.map(({ mine, other }) => `${mine.rate.toFixed(0)}:${other.rate.toFixed(0)}`);
    console.log(
      `${good ? 'ok  ' : 'MISS'} ${call.name}: ${ratio.toFixed(1)} times JupyterHub (${rates.join(', ')} a second), p99 ${p99.toFixed(1)} ms`,
    );
  }
  const mb = resident / 1e6;
  reached &&= mb < RSS_MB;
  console.log(
    `${mb < RSS_MB ? 'ok  ' : 'MISS'} memory: ${mb.toFixed(0)} MB resident at most, after each round`,
  );
} finally {
  await ours.close();
  await real?.close();
}
process.exitCode = reached ? 0 : 1;
