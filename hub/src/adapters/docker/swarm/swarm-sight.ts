import { LABEL } from '../../../domain/container-spec.ts';
import type { ContainerEvent, ContainerView, Machine } from '../../../domain/containers.ts';
import type { SwarmApi } from './swarm-api.ts';
import { viewOfService } from './task-view.ts';

/** All that a hub sees of its Swarm at one look. */
export interface SwarmSight {
  readonly views: ReadonlyMap<string, ContainerView>;
  readonly machines: ReadonlyMap<string, Machine>;
}

/** Three questions, however many servers there are. */
export async function lookAround(api: SwarmApi, instance: string, network: string): Promise<SwarmSight> {
  const label = `${LABEL.hub}=${instance}`;
  // Services first: a task of a service that came later finds none, instead of a service finding no task yet.
  const services = await api.services(label);
  const [tasks, machines] = await Promise.all([api.tasks(label), api.machines()]);
  const byService = Map.groupBy(tasks, (task) => task.ServiceID);
  const byId = new Map(machines.map((machine) => [machine.id, machine]));
  const views = services.map((service) =>
    viewOfService(service, byService.get(service.ID) ?? [], byId, network),
  );
  return { views: new Map(views.map((view) => [view.id, view])), machines: byId };
}

/** What the engine of one machine would have told between the two looks. Machines come first: they explain the rest. */
export function changesBetween(before: SwarmSight, after: SwarmSight): readonly ContainerEvent[] {
  return [...machineChanges(before, after), ...serverChanges(before, after)];
}

function* machineChanges(before: SwarmSight, after: SwarmSight): Generator<ContainerEvent> {
  for (const machine of after.machines.values()) {
    if (before.machines.get(machine.id)?.state !== machine.state) yield { kind: 'machine', machine };
  }
  for (const machine of before.machines.values()) {
    // Taken out of the Swarm.
    if (!after.machines.has(machine.id)) yield { kind: 'machine', machine: { ...machine, state: 'away' } };
  }
}

function* serverChanges(before: SwarmSight, after: SwarmSight): Generator<ContainerEvent> {
  for (const view of after.views.values()) {
    const { id, exitCode } = view;
    const was = phaseOf(before.views.get(id));
    const is = phaseOf(view);
    if (is === was) continue;
    if (is === 'running') yield { kind: 'started', id };
    // What went between two looks has started, too.
    else if (is === 'ended' || was === 'running') yield { kind: 'died', id, exitCode };
  }
  for (const id of before.views.keys()) if (!after.views.has(id)) yield { kind: 'removed', id };
}

type Phase = 'idle' | 'waiting' | 'running' | 'ended';

function phaseOf(view: ContainerView | undefined): Phase {
  if (view === undefined) return 'idle';
  if (view.running) return 'running';
  if (view.refused !== undefined || view.exitCode !== null) return 'ended';
  return view.waiting === undefined ? 'idle' : 'waiting';
}
