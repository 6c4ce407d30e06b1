import { setTimeout as sleep } from 'node:timers/promises';
import { LABEL } from '../../../domain/container-spec.ts';
import { Problem } from '../../../domain/problem.ts';
import type { SwarmApi } from './swarm-api.ts';
import type { SwarmService } from './swarm-shapes.ts';
import { isAlive, isWanted, newest } from './task-view.ts';

/** A change is refused when somebody else was quicker: then it is read and tried again. */
const TRIES = 5;
const OUT_OF_SEQUENCE = /update out of sequence/i;
/** Between two looks whether a task has ended. */
const LOOK_EVERY_MS = 150;
/** Beyond the grace: until the machine has said so to its manager. */
const TIDY_MS = 30_000;

/** Gives a service its task; a new one when the last has ended. @throws Problem SPAWN-199 when it is gone. */
export async function startService(
  api: SwarmApi,
  instance: string,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  const service = await change(
    api,
    instance,
    id,
    async (found) => {
      if (!isWanted(found)) return withReplicas(found, 1);
      const task = newest(await api.tasksOf(id));
      return task === null || isAlive(task) ? null : anew(found);
    },
    signal,
  );
  if (service === null) throw new Problem('SPAWN-199', { detail: `there is no service ${id}` });
}

/**
 * Takes its task away and waits until that has ended: the grace is the one that the service was made with. A task whose
 * machine is away is not waited for, it ends when the machine comes back.
 */
export async function stopService(
  api: SwarmApi,
  instance: string,
  id: string,
  graceSeconds: number,
): Promise<void> {
  const tasks = await tasksAlive(api, id);
  await change(api, instance, id, async (found) => (isWanted(found) ? withReplicas(found, 0) : null));
  await awaitEnds(api, tasks, graceSeconds);
}

/** Removes a service with its secret, and waits as {@link stopService} does. */
export async function removeService(
  api: SwarmApi,
  instance: string,
  id: string,
  graceSeconds: number,
): Promise<void> {
  const service = await ours(api, instance, id);
  if (service === null) return;
  const tasks = await tasksAlive(api, id);
  await api.removeService(id);
  for (const { SecretID: secret } of service.Spec.TaskTemplate.ContainerSpec.Secrets ?? []) {
    await api.removeSecret(secret);
  }
  await awaitEnds(api, tasks, graceSeconds);
}

/** Null when it is gone. @throws Problem SPAWN-141 when it is somebody else's: that is never touched. */
async function ours(api: SwarmApi, instance: string, id: string): Promise<SwarmService | null> {
  const service = await api.service(id);
  if (service !== null && service.Spec.Labels?.[LABEL.hub] !== instance) {
    throw new Problem('SPAWN-141', { container: service.Spec.Name });
  }
  return service;
}

type Spec = SwarmService['Spec'];

/** @param wish the spec that it shall have, or null for the one it has. */
async function change(
  api: SwarmApi,
  instance: string,
  id: string,
  wish: (service: SwarmService) => Promise<Spec | null>,
  signal?: AbortSignal,
): Promise<SwarmService | null> {
  for (let left = TRIES; ; left -= 1) {
    signal?.throwIfAborted();
    const service = await ours(api, instance, id);
    const spec = service === null ? null : await wish(service);
    if (service === null || spec === null) return service;
    try {
      await api.updateService(service, spec, signal);
      return service;
    } catch (error) {
      if (left === 1 || !(error instanceof Problem) || !OUT_OF_SEQUENCE.test(error.message)) throw error;
    }
  }
}

const withReplicas = ({ Spec: spec }: SwarmService, replicas: number): Spec => ({
  ...spec,
  Mode: { Replicated: { Replicas: replicas } },
});

/** A number that differs makes the Swarm replace the task, also one that has ended. */
function anew({ Spec: spec }: SwarmService): Spec {
  const { TaskTemplate: template } = spec;
  const forced = typeof template.ForceUpdate === 'number' ? template.ForceUpdate : 0;
  return { ...spec, TaskTemplate: { ...template, ForceUpdate: forced + 1 } };
}

async function tasksAlive(api: SwarmApi, id: string): Promise<readonly string[]> {
  return (await api.tasksOf(id)).filter(isAlive).map((task) => task.ID);
}

async function awaitEnds(api: SwarmApi, ids: readonly string[], graceSeconds: number): Promise<void> {
  const late = performance.now() + graceSeconds * 1000 + TIDY_MS;
  for (const id of ids) {
    while (await goesOn(api, id)) {
      if (performance.now() > late) {
        throw new Problem('SPAWN-199', { detail: `the Swarm does not finish ending the task ${id}` });
      }
      await sleep(LOOK_EVERY_MS);
    }
  }
}

async function goesOn(api: SwarmApi, id: string): Promise<boolean> {
  const task = await api.task(id);
  if (task === null || !isAlive(task)) return false;
  // Nowhere yet: the Swarm takes it back without asking anybody.
  if (task.NodeID === undefined) return true;
  return (await api.machine(task.NodeID))?.state !== 'away';
}
