import { z } from 'zod';
import type { UsageReading } from '../../domain/containers.ts';
import { Problem } from '../../domain/problem.ts';
import { type Engine, orNull } from './engine.ts';

/** The engine gives nanoseconds and bytes whichever version of cgroups the machine has; what it calls the rest differs. */
const stats = z.looseObject({
  read: z.iso.datetime({ offset: true }),
  cpu_stats: z.looseObject({ cpu_usage: z.looseObject({ total_usage: z.number().nonnegative() }) }),
  memory_stats: z
    .looseObject({
      usage: z.number().nonnegative().optional(),
      stats: z
        .looseObject({ total_inactive_file: z.number().optional(), inactive_file: z.number().optional() })
        .optional(),
    })
    .optional(),
});

/**
 * What a container has computed so far and holds now, or null when it is gone or does not run: the engine then tells of
 * counters that stand at zero. Engine 20.10 looks once a second for all who ask, newer ones at once.
 *
 * @throws Problem SPAWN-150 when the engine does not answer, SPAWN-199 when the answer is none.
 */
export async function readUsage(
  engine: Engine,
  id: string,
  signal: AbortSignal,
): Promise<UsageReading | null> {
  const told = await engine.look((abortSignal) => {
    // `one-shot` leaves out the engine's own second reading, a second later.
    const once = { stream: false, 'one-shot': true, abortSignal } as const;
    return orNull<unknown>(engine.docker.getContainer(id).stats(once));
  }, signal);
  if (told === null) return null;
  const read = stats.safeParse(told);
  if (!read.success) throw new Problem('SPAWN-199', { detail: 'the engine does not tell what it uses' });
  const { cpu_stats: cpu, memory_stats: memory } = read.data;
  const { total_usage: nanoseconds } = cpu.cpu_usage;
  if (nanoseconds === 0) return null;
  // As `docker stats` counts: files that were read once and lie in memory for nobody are not the server's.
  const idle = memory?.stats?.total_inactive_file ?? memory?.stats?.inactive_file ?? 0;
  return {
    containerId: id,
    at: Date.parse(read.data.read),
    used: nanoseconds / 1e6,
    memory: Math.max(0, (memory?.usage ?? 0) - idle),
  };
}
