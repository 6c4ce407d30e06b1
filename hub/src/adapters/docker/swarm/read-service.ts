import type { ContainerView } from '../../../domain/containers.ts';
import { Problem } from '../../../domain/problem.ts';
import { cleanLines, secretsOf, unframe } from '../log-text.ts';
import { openWords, SEALED_LABEL } from './hidden-words.ts';
import type { SwarmApi } from './swarm-api.ts';
import type { SwarmOptions } from './swarm-options.ts';
import type { SwarmService, SwarmTask } from './swarm-shapes.ts';
import { hasOutput, newest, viewOfService } from './task-view.ts';

/** By id or name; null when there is none. */
export async function inspectService(
  api: SwarmApi,
  idOrName: string,
  network: string,
): Promise<ContainerView | null> {
  const service = await api.service(idOrName);
  if (service === null) return null;
  const tasks = await api.tasksOf(service.ID);
  const node = newest(tasks)?.NodeID;
  const machine = node === undefined ? null : await api.machine(node);
  return viewOfService(service, tasks, new Map(machine === null ? [] : [[machine.id, machine]]), network);
}

/** What it was given, in its environment or in its secret; null also when that was sealed with a key that is lost. */
export async function readVariable(
  api: SwarmApi,
  { sealer, instance }: SwarmOptions,
  id: string,
  name: string,
): Promise<string | null> {
  const service = await api.service(id);
  if (service === null) return null;
  const { Name: called, Labels: labels, TaskTemplate: template } = service.Spec;
  const entry = template.ContainerSpec.Env?.find((line) => line.startsWith(`${name}=`));
  if (entry !== undefined) return entry.slice(name.length + 1);
  return openWords(sealer, labels?.[SEALED_LABEL], instance, called).get(name) ?? null;
}

/** The last lines of the newest task's output, oldest first; none of a machine that does not answer. */
export async function readLog(
  api: SwarmApi,
  options: SwarmOptions,
  id: string,
  lines: number,
): Promise<readonly string[]> {
  const service = await api.service(id);
  const task = newest(service === null ? [] : await api.tasksOf(id));
  // The engine would wait for the output of what has not begun, and of a machine that is away.
  if (service === null || task === null || !hasOutput(task) || (await isAway(api, task))) return [];
  try {
    const bytes = await api.output(task.ID, lines);
    return bytes === null ? [] : cleanLines(unframe(bytes), lines, secretsIn(service, options));
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'SPAWN-150') throw error;
    // The manager answered all questions before: its machine is going away, and nobody has noticed yet.
    options.log.warn({ service: id, problem: error.message }, 'the machine of a server gives no log');
    return [];
  }
}

async function isAway(api: SwarmApi, { NodeID: node }: SwarmTask): Promise<boolean> {
  return node === undefined || (await api.machine(node))?.state === 'away';
}

function secretsIn({ Spec: spec }: SwarmService, { sealer, instance }: SwarmOptions): readonly string[] {
  const open = secretsOf(spec.TaskTemplate.ContainerSpec.Env ?? []);
  return [...open, ...openWords(sealer, spec.Labels?.[SEALED_LABEL], instance, spec.Name).values()];
}
