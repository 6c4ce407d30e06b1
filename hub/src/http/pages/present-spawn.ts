import type { SpawnStep } from '../../domain/fact.ts';
import type { Server, ServerState } from '../../domain/server.ts';
import type { Messages } from '../views/messages/en.ts';
import { say } from '../views/say.ts';
import type { ProgressLiveProps, StepName, StepProps } from '../views/server-props.ts';

const STEPS: readonly StepName[] = ['queued', 'pulling', 'creating', 'starting', 'waiting'];

/**
 * A start as the progress page shows it: each step with when it began and ended, as far as is known. A step
 * that nobody remembers (the hub was restarted meanwhile) is done, without a time.
 */
export function presentSpawn(
  t: Messages,
  server: Pick<Server, 'state' | 'started'>,
  told: readonly SpawnStep[],
  now: number,
): ProgressLiveProps {
  const last = told.at(-1);
  const state = last?.state ?? server.state;
  const reached = rank(state);
  return {
    t,
    now,
    steps: STEPS.map((name, place) => stepOf(name, place, reached, told)),
    percent: last?.percent ?? 0,
    message: last === undefined ? t.state[state] : say(t, last.message),
    since: server.started ?? told[0]?.at ?? now,
    ready: null,
    log: (last?.log ?? []).map(shortened),
  };
}

/** Long lines would push the buttons off the page. */
const MOST_LETTERS = 240;

function shortened(line: string): string {
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS)}…` : line;
}

function stepOf(name: StepName, place: number, reached: number, told: readonly SpawnStep[]): StepProps {
  const began = beganAt(told, name);
  if (place > reached) return { name, status: 'todo', began: null, ended: null };
  if (place === reached) return { name, status: 'now', began, ended: null };
  const following = told.find((step) => rank(step.state) > place);
  const ended = began === null || following === undefined ? null : beganAt(told, following.state);
  // A time without an end would go on running.
  return { name, status: 'done', began: ended === null ? null : began, ended };
}

function rank(state: ServerState): number {
  const step = STEPS.find((name) => name === state);
  return step === undefined ? STEPS.length : STEPS.indexOf(step);
}

function beganAt(told: readonly SpawnStep[], state: string): number | null {
  const step = told.find((one) => one.state === state);
  return step === undefined ? null : (step.since ?? step.at);
}
