import { z } from 'zod';
import { Problem } from '../../domain/problem.ts';
import type { MachineRow } from '../../usecases/machine-desk.ts';
import type { Hub } from '../hub.ts';
import { answerJson } from './answer.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { timestamp } from './timestamp.ts';

const administrators = { kind: 'whole', any: ['admin:servers'] } as const;
const which = z.strictObject({
  from: z.string().min(1).max(64),
  /** Null: nowhere. */
  to: z.string().min(1).max(64).nullable(),
});

/** Berth's own: the machines of a Swarm. On one machine they answer 404. */
export const machinesEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/berth/machines',
    summary: 'List the machines on which servers run (Berth)',
    access: administrators,
    answers: {
      200: { description: 'Machines with their state, servers and room', model: 'Machines' },
      404: { description: 'Servers run on one machine' },
    },
    handle: async ({ ctx, hub }) => answerJson(ctx, deskOf(hub).list().map(presentMachine)),
  },
  endpoint({
    method: 'POST',
    path: '/berth/machines/move-volumes',
    summary: 'Say on which machine the volumes of another one lie from now on (Berth)',
    access: administrators,
    body: which,
    answers: {
      200: { description: 'How many volumes are looked for there', model: 'VolumesMoved' },
      400: { description: 'Servers still use them' },
      404: { description: 'No such machine, or no volumes on it' },
    },
    handle: async ({ ctx, hub, body }) => {
      answerJson(ctx, { volumes: await deskOf(hub).moveHomes(body.from, body.to) });
    },
  }),
];

function deskOf({ machines }: Hub) {
  if (machines === undefined) throw new Problem('HTTP-404');
  return machines;
}

/** A machine as the API tells of it; memory in bytes. */
function presentMachine(row: MachineRow): Readonly<Record<string, unknown>> {
  const { id, name, state, manager, memory, cpus, servers, promised, volumes, emptiedAt } = row;
  return {
    ...{ id, name, state, manager, memory, cpus, servers, volumes },
    promised: { memory: promised.memory, cpus: promised.cpus },
    emptied: emptiedAt === null ? null : timestamp(emptiedAt),
  };
}
