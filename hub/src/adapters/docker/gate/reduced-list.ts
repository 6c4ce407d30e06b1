import { z } from 'zod';
import { kindOf } from './belongings.ts';
import type { EngineDoor } from './engine-door.ts';

const listed = z.array(
  z.looseObject({
    Names: z.array(z.string()).nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
    Mounts: z.array(z.looseObject({ Type: z.string().optional(), Name: z.string().optional() })).nullish(),
  }),
);

/**
 * The engine's list of containers: this hub's as they are, of the others only their names and which volumes they hold,
 * so that the hub can see that a volume is in use.
 */
export async function reducedList(door: EngineDoor, path: string, instance: string): Promise<unknown> {
  const all = (await door.ask(path, listed)) ?? [];
  return all.map((one) => {
    if (kindOf(one.Labels ?? {}, instance) !== null) return one;
    const volumes = (one.Mounts ?? []).filter(({ Name }) => Name !== undefined);
    return {
      Names: one.Names ?? [],
      Labels: {},
      Mounts: volumes.map(({ Name }) => ({ Type: 'volume', Name })),
    };
  });
}
