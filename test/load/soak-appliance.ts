import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../e2e/stack.ts';
import { patientOverlay } from '../prove/shell.ts';
import { Dice } from '../soak/dice.ts';
import { buildStandIn } from './build-stand-in.ts';
import { lost } from './check-ledger.ts';
import { ClassOfPeople } from './class-of-people.ts';
import { type Drift, driftOf, isFlat } from './drift.ts';
import { dockerOf, loadStack, pidOf, SMALL, TEACHER, teachersToken } from './load-stack.ts';
import type { Person } from './person.ts';
import { MachineWatch, type Sample } from './watch-machine.ts';

const NAME = 'berth-load-soak';
const PORT = 21_520;
const THINK = [200, 1_500] as const;
/** Cells and saves of one stay. */
const ACTS = 6;
const TELL_EVERY_MS = 60_000;
const STORE_EVERY_MS = 5_000;

/**
 * Coming and going for so many minutes; then figures are compared with what they were once all was warm.
 *
 * @throws Error with what climbs and what is lost.
 */
export async function soakAppliance(minutes: number, people: number, seed: number): Promise<string> {
  await buildStandIn();
  const stack = await loadStack({
    name: NAME,
    port: PORT,
    settings: { COMPOSE_FILE: 'compose.yaml:patient.yaml' },
    files: { 'patient.yaml': patientOverlay('10.213.95') },
  });
  try {
    await stack.up();
    return await churn(stack, minutes * 60_000, people, seed);
  } finally {
    await stack.remove();
  }
}

async function churn(stack: Stack, length: number, people: number, seed: number): Promise<string> {
  const plan = { arrive: 0, length };
  const course = new ClassOfPeople({ url: stack.url, people, labs: 0, seed, plan, word: 'soak' });
  await course.person(TEACHER, SMALL).signIn();
  const token = await teachersToken(stack);
  const pids = { hub: await pidOf(stack, 'hub'), proxy: await pidOf(stack, 'proxy') };
  const watch = new MachineWatch({ url: stack.url, token, pids: async () => pids });
  const until = Date.now() + length;
  const telling = setInterval(() => tell(course, watch), TELL_EVERY_MS);
  const sizes: (readonly [number, number])[] = [];
  const measuring = measureStore(await storeOf(stack), sizes, until);
  try {
    const stay = async (person: Person, index: number) => {
      const dice = new Dice(seed * 1000 + index);
      await sleep(dice.between(0, 5_000));
      while (Date.now() < until) await oneStay(person, dice);
    };
    await Promise.all(course.people.map(stay));
    await measuring;
    await watch.close();
    const drifts = driftsOf(watch.samples, sizes);
    const failures = course.tally.ended.filter(({ code }) => code !== null);
    const complaints = [
      ...drifts.filter((drift) => !isFlat(drift)).map((drift) => `it climbs: ${words(drift)}`),
      ...failures.slice(0, 10).map(({ act, code, words: said }) => `${act}: ${code} ${said}`),
      ...(await lost(course.ledger, stack.url, token)),
    ];
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
    const starts = course.tally.ended.filter(({ act }) => act === 'wait for the start').length;
    return `${length / 60_000} min, seed ${seed}: ${starts} starts and stops, ${course.tally.ended.length} acts, 0 failed, nothing lost; ${drifts.map(words).join('; ')}`;
  } finally {
    clearInterval(telling);
    await course.close();
  }
}

/** From the sign-in page to the sign-out, with the server stopped in between. What fails stands in the tally. */
async function oneStay(person: Person, dice: Dice): Promise<void> {
  try {
    if (!(await person.isIn())) await person.signIn();
    await person.startUnlessRunning();
    await person.open();
    await person.useKernel();
    for (let acts = 0; acts < ACTS; acts += 1) {
      if (dice.roll() < 0.3) await person.save();
      else await person.runCell(`n${Math.floor(dice.roll() * 1e6)}`);
      await sleep(dice.between(...THINK));
    }
    await person.poll();
    await person.stop();
    await person.signOut();
  } catch {
    person.leave();
    await sleep(2_000);
  }
}

function driftsOf(
  samples: readonly Sample[],
  sizes: readonly (readonly [number, number])[],
): readonly Drift[] {
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
    driftOf('store, KB', sizes, 8),
  ];
}

const words = ({ name, level, gained, allowed }: Drift): string =>
  `${name}: ${level.toFixed(1)}, ${gained >= 0 ? '+' : ''}${gained.toFixed(1)} (${allowed.toFixed(1)} allowed)`;

async function storeOf(stack: Stack): Promise<string> {
  const place = await dockerOf(stack)('volume', 'inspect', '-f', '{{.Mountpoint}}', `${NAME}-data`);
  return join(place, 'berth.json');
}

async function measureStore(path: string, into: (readonly [number, number])[], until: number): Promise<void> {
  const began = Date.now();
  while (Date.now() < until) {
    into.push([(Date.now() - began) / 1000, (await stat(path)).size / 1024]);
    await sleep(STORE_EVERY_MS);
  }
}

function tell(course: ClassOfPeople, { samples }: MachineWatch): void {
  const last = samples.at(-1);
  const starts = course.tally.ended.filter(({ act }) => act === 'wait for the start').length;
  const failed = course.tally.ended.filter(({ code }) => code !== null).length;
  console.log(
    `  ${new Date().toISOString().slice(11, 19)} ${starts} starts, ${failed} failed; hub ${last?.memory.hub.toFixed(0)} MB, ${last?.files.hub} files, ${last?.resources} resources; proxy ${last?.memory.proxy.toFixed(0)} MB, ${last?.files.proxy} files`,
  );
}
