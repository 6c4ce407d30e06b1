import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Contender, cpuSeconds, type Stage } from './proxy-contenders.ts';
import { note, type Rounds, say, shuffled } from './proxy-figures.ts';

/** What one contender did in one round: name of the figure → number. */
export type Shot = Readonly<Record<string, number>>;

/** Others may use this share of one processor during a shot before its round is thought disturbed. */
const QUIET = 0.15;
/** For each round that is asked for, so many are played at most in the search for quiet ones. */
const TRIES = 2;
/** After a disturbed round, others get a moment to finish. */
const PAUSE_MS = 2_000;

/** Whose processor time is the bench's own. */
export interface RoundStage<C extends Pick<Contender, 'name' | 'pid'> = Contender>
  extends Pick<Stage, 'pids'> {
  readonly contenders: readonly C[];
  /** Of what is no process of ours but works for us, in seconds: an engine and its containers. */
  readonly more?: () => number;
}

interface Round {
  readonly shots: ReadonlyMap<string, Shot>;
  readonly disturbance: number;
}

/**
 * Plays rounds in which every contender has one shot, in another order each time. A round during which other programs
 * used the processors is played again; in the end the quietest ones count, chosen without a look at their figures.
 * Answers figure → contender → one number a round; `cpu` is the contender's share of one processor.
 */
export async function playRounds<C extends Pick<Contender, 'name' | 'pid'>>(
  stage: RoundStage<C>,
  rounds: number,
  shoot: (contender: C) => Promise<Shot>,
): Promise<(figure: string) => Rounds> {
  const played: Round[] = [];
  const quiet = (): number => played.filter(({ disturbance }) => disturbance <= QUIET).length;
  while (quiet() < rounds && played.length < rounds * TRIES) {
    const round = await playRound(stage, shoot);
    played.push(round);
    if (round.disturbance > QUIET) await sleep(PAUSE_MS);
  }
  const counted = [...played].sort((a, b) => a.disturbance - b.disturbance).slice(0, rounds);
  say(
    `  ${counted.length} of ${played.length} rounds count; others used up to ${percent(counted.at(-1)?.disturbance)} of a processor in them`,
  );
  return (figure) => {
    const figures: Rounds = new Map();
    for (const { shots } of counted)
      for (const [name, shot] of shots) note(figures, name, shot[figure] ?? Number.NaN);
    return figures;
  };
}

async function playRound<C extends Pick<Contender, 'name' | 'pid'>>(
  stage: RoundStage<C>,
  shoot: (contender: C) => Promise<Shot>,
): Promise<Round> {
  const shots = new Map<string, Shot>();
  let disturbance = 0;
  for (const contender of shuffled(stage.contenders)) {
    const begun = performance.now();
    const before = { all: machineSeconds(), ours: ourSeconds(stage), own: cpuSeconds(contender.pid) };
    const shot = await shoot(contender);
    const seconds = (performance.now() - begun) / 1000;
    const others = machineSeconds() - before.all - (ourSeconds(stage) - before.ours);
    disturbance = Math.max(disturbance, others / seconds);
    const cpu = cpuSeconds(contender.pid) - before.own;
    shots.set(contender.name, { ...shot, cpu: cpu / seconds, cpuMs: cpu * 1000 });
  }
  return { shots, disturbance };
}

/** What all processors have worked so far, what a hypervisor took from them included. */
function machineSeconds(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (
    /^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? ''
  )
    .split(' ')
    .map(Number);
  return (user + nice + system + irq + softirq + steal) / 100;
}

/** What the bench has used: itself, the load generators it has run, contenders and upstreams. */
function ourSeconds(stage: RoundStage<Pick<Contender, 'name' | 'pid'>>): number {
  const { user, system } = process.cpuUsage();
  const stat = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  const children = (Number(stat[13]) + Number(stat[14])) / 100;
  const pids = new Set([...stage.contenders.map(({ pid }) => pid), ...stage.pids]);
  const more = stage.more?.() ?? 0;
  return more + (user + system) / 1e6 + children + [...pids].reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}

const percent = (share = Number.NaN): string => `${(share * 100).toFixed(0)} %`;
