import type { ContainerView, Machine } from '../../../domain/containers.ts';
import type { SwarmService, SwarmTask } from './swarm-shapes.ts';

/** In the order of a task's life; `allocated` is what old engines call the first part of `pending`. */
const BEFORE = [
  'new',
  'allocated',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
] as const;
const AFTER = ['complete', 'shutdown', 'failed', 'rejected', 'remove', 'orphaned'] as const;

/** 128 + SIGKILL: what a process leaves that the kernel ended. */
const KILLED = 137;

/**
 * A service and its newest task as the hub sees a container.
 *
 * A task counts as running only while the Swarm wants it to run and its machine answers: of a machine that is
 * away the Swarm repeats the last it heard, which is `running`, for a day.
 *
 * @param tasks of this service, in any order.
 */
export function viewOfService(
  service: SwarmService,
  tasks: readonly SwarmTask[],
  machines: ReadonlyMap<string, Machine>,
  network: string,
): ContainerView {
  const task = newest(tasks);
  const { Spec: spec } = service;
  const about = {
    id: service.ID,
    name: spec.Name,
    labels: spec.Labels ?? {},
    image: spec.TaskTemplate.ContainerSpec.Image,
    paused: false,
    removing: false,
    created: Date.parse(service.CreatedAt),
  };
  const idle = { running: false, exitCode: null, outOfMemory: false, address: null };
  const wanted = isWanted(service);
  if (task === null) {
    return { ...about, ...idle, machine: null, ...(wanted ? { waiting: 'the Swarm takes note of it' } : {}) };
  }
  const machine = task.NodeID === undefined ? null : (machines.get(task.NodeID) ?? null);
  const place = machine === null ? null : { id: machine.id, name: machine.name, state: machine.state };
  const running =
    task.Status.State === 'running' && task.DesiredState === 'running' && place?.state !== 'away';
  return {
    ...about,
    ...idle,
    machine: place,
    running,
    exitCode: running ? null : exitCodeOf(task),
    outOfMemory: wanted && ranOutOfMemory(service, task),
    address: running ? addressOf(task, network) : null,
    ...(wanted ? wordsOf(task) : {}),
  };
}

export function newest(tasks: readonly SwarmTask[]): SwarmTask | null {
  const [first] = [...tasks].sort((one, other) => Date.parse(other.CreatedAt) - Date.parse(one.CreatedAt));
  return first ?? null;
}

/** Whether somebody has started it, and nobody has stopped it since. */
export function isWanted({ Spec: spec }: SwarmService): boolean {
  return (spec.Mode.Replicated?.Replicas ?? 0) > 0;
}

/** A process of it may still be there. One whose machine is away ends when that comes back. */
export function isAlive({ Status: { State: state } }: SwarmTask): boolean {
  return !AFTER.some((word) => word === state);
}

/** Whether its container was started at all; the engine says `preparing` or `starting` of what failed before. */
function hasRun({ Status: status }: SwarmTask): boolean {
  return status.State === 'complete' || (status.State === 'failed' && status.Message === 'started');
}

/** Whether an engine answers for its output at once: it waits for what has not begun. */
export function hasOutput(task: SwarmTask): boolean {
  const { State: state } = task.Status;
  return state === 'running' || state === 'shutdown' || hasRun(task);
}

function exitCodeOf(task: SwarmTask): number | null {
  const ended = hasRun(task) || task.Status.State === 'shutdown';
  return ended ? (task.Status.ContainerStatus?.ExitCode ?? null) : null;
}

/**
 * The Swarm does not pass on the engine's memory flag. Somebody who kills the container on its own machine
 * with SIGKILL is mistaken for the kernel here.
 */
function ranOutOfMemory({ Spec: spec }: SwarmService, task: SwarmTask): boolean {
  const limit = spec.TaskTemplate.Resources?.Limits?.MemoryBytes ?? 0;
  return limit > 0 && task.Status.State === 'failed' && exitCodeOf(task) === KILLED;
}

function wordsOf(task: SwarmTask): Pick<ContainerView, 'waiting' | 'refused'> {
  const { State: state, Message: message = '', Err: error = '' } = task.Status;
  if (state === 'rejected' || (state === 'failed' && !hasRun(task))) return { refused: error || message };
  if (task.DesiredState !== 'running' && task.DesiredState !== 'ready') return {};
  if (BEFORE.some((word) => word === state)) return { waiting: error || message || state };
  if (state === 'running' || AFTER.some((word) => word === state)) return {};
  return { waiting: `the Swarm says “${state}” of it, which this hub does not know: ${error || message}` };
}

/** Of the task itself: a service's name is answered from a copy that may be of yesterday. */
function addressOf({ NetworksAttachments: networks }: SwarmTask, network: string): string | null {
  const found = networks?.find(({ Network: one }) => one.Spec.Name === network || one.ID === network);
  return found?.Addresses?.[0]?.split('/')[0] ?? null;
}
