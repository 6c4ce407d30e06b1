import type { Machine } from '../../../domain/containers.ts';
import type { SwarmNode } from './swarm-shapes.ts';

const NANO = 1e9;

export function machineOf({ ID: id, Spec: spec, Description: told, Status: status }: SwarmNode): Machine {
  return {
    id,
    name: told.Hostname,
    state: stateOf(status.State, spec.Availability),
    manager: spec.Role === 'manager',
    memory: told.Resources.MemoryBytes,
    cpus: told.Resources.NanoCPUs / NANO,
    ...resourcesOf(told.Resources),
  };
}

/** `{ gpu: 2 }`: numbers of things as they stand there, things with names counted. */
function resourcesOf({
  GenericResources: told,
}: SwarmNode['Description']['Resources']): Pick<Machine, 'resources'> {
  const counted: Record<string, number> = {};
  for (const { DiscreteResourceSpec: many, NamedResourceSpec: one } of told ?? []) {
    if (many != null) counted[many.Kind] = (counted[many.Kind] ?? 0) + many.Value;
    else if (one != null) counted[one.Kind] = (counted[one.Kind] ?? 0) + 1;
  }
  return Object.keys(counted).length === 0 ? {} : { resources: counted };
}

/**
 * Only `down` is away. `unknown` and `disconnected` are what a Swarm says of all machines while it chooses
 * another leader: they go on, get nothing new, and are `ready` again seconds later.
 */
function stateOf(state: string, availability: string): Machine['state'] {
  if (state === 'down') return 'away';
  if (availability === 'drain') return 'draining';
  return state === 'ready' && availability === 'active' ? 'ready' : 'paused';
}

/** Bytes and cores of all that take servers now. */
export function roomOf(machines: readonly Machine[]): { readonly memory: number; readonly cpus: number } {
  const ready = machines.filter(({ state }) => state === 'ready');
  return {
    memory: ready.reduce((sum, { memory }) => sum + memory, 0),
    cpus: ready.reduce((sum, { cpus }) => sum + cpus, 0),
  };
}

/**
 * The most cores that a server may be limited to so that every machine takes it, or the one that it must run
 * on: an engine refuses a limit of more cores than it has. Null when nobody is ready.
 */
export function mostCores(machines: readonly Machine[], only: string | undefined): number | null {
  const able = machines.filter(({ id, state }) => state === 'ready' && (only === undefined || id === only));
  return able.length === 0 ? null : Math.min(...able.map(({ cpus }) => cpus));
}
