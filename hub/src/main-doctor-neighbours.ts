import type { Settings } from './config/settings.ts';
import { neighbourFinding } from './domain/neighbour-room.ts';
import { type Finding, fine } from './domain/probe.ts';
import type { Server } from './domain/server.ts';

type Told = Pick<Settings, 'activeServerLimit' | 'machineNeighbours' | 'spawner'>;

interface Tables {
  readonly users: { readonly size: number };
  readonly servers: { values(): Iterable<Pick<Server, 'state'>> };
}

/** Whether the kernel remembers enough for the limit of servers; without one for the accounts, or what runs if it is more. */
export function neighboursFinding(told: Told, { users, servers }: Tables): Finding {
  const { activeServerLimit, machineNeighbours, spawner } = told;
  // A Swarm spreads servers over machines.
  if (spawner === 'swarm') return fine('Not known: each machine of the Swarm has a bound of its own.');
  const running = [...servers.values()].filter(({ state }) => state === 'ready').length;
  const most = activeServerLimit > 0 ? activeServerLimit : Math.max(users.size, running);
  return neighbourFinding(machineNeighbours, most);
}
