import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '../e2e/stack.ts';
import { patientOverlay } from '../prove/shell.ts';
import { Dice } from '../soak/dice.ts';
import { buildStandIn } from './build-stand-in.ts';
import { lost } from './check-ledger.ts';
import { ClassOfPeople } from './class-of-people.ts';
import { dockerOf, loadStack, pidOf, SMALL, TEACHER, teachersToken } from './load-stack.ts';
import type { Person } from './person.ts';
import { runConditions } from './run-conditions.ts';
import type { SoakRun } from './soak-run.ts';
import { MachineWatch } from './watch-machine.ts';

const NAME = 'berth-load-soak';
const PORT = 21_520;
const THINK = [200, 1_500] as const;
/** Cells and saves of one stay. */
const ACTS = 6;
const TELL_EVERY_MS = 60_000;
const STORE_EVERY_MS = 5_000;

/** Coming and going for so many minutes. What climbed, failed or was lost, `shortOfSoak` tells. */
export async function soakAppliance(minutes: number, people: number, seed: number): Promise<SoakRun> {
  await buildStandIn();
  const stack = await loadStack({
    name: NAME,
    port: PORT,
    settings: { COMPOSE_FILE: 'compose.yaml:patient.yaml' },
    files: { 'patient.yaml': patientOverlay('10.213.95') },
  });
  try {
    await stack.up();
    return await churn(stack, minutes, people, seed);
  } finally {
    await stack.remove();
  }
}

async function churn(stack: Stack, minutes: number, people: number, seed: number): Promise<SoakRun> {
  const length = minutes * 60_000;
  const conditions = await runConditions(stack, 'none');
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
    const { ended } = course.tally;
    return {
      size: { minutes, people, seed },
      conditions,
      starts: ended.filter(({ act, code }) => act === 'wait for the start' && code === null).length,
      acts: ended.length,
      failures: ended
        .filter(({ code }) => code !== null)
        .map(({ act, code, words }) => `${act}: ${code} ${words}`),
      samples: watch.samples,
      store: sizes,
      lost: await lost(course.ledger, stack.url, token),
    };
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
