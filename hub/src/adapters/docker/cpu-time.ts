import { z } from 'zod';
import type { CpuReading } from '../../domain/containers.ts';
import { Problem } from '../../domain/problem.ts';
import { type Engine, orNull } from './engine.ts';

/** The engine gives nanoseconds whichever version of cgroups the machine has. */
const stats = z.looseObject({
  read: z.iso.datetime({ offset: true }),
  cpu_stats: z.looseObject({ cpu_usage: z.looseObject({ total_usage: z.number().nonnegative() }) }),
});

/**
 * How much a container has computed so far, or null when it is gone or does not run: the engine then tells of
 * counters that stand at zero. Engine 20.10 looks once a second for all who ask, newer ones at once.
 *
 * @throws Problem SPAWN-150 when the engine does not answer, SPAWN-199 when the answer is none.
 */
export async function readCpuTime(
  engine: Engine,
  id: string,
  signal: AbortSignal,
): Promise<CpuReading | null> {
  const told = await engine.look((abortSignal) => {
    // `one-shot` leaves out the engine's own second reading, a second later.
    const once = { stream: false, 'one-shot': true, abortSignal } as const;
    return orNull<unknown>(engine.docker.getContainer(id).stats(once));
  }, signal);
  if (told === null) return null;
  const read = stats.safeParse(told);
  if (!read.success) throw new Problem('SPAWN-199', { detail: 'the engine tells no processor time' });
  const { total_usage: nanoseconds } = read.data.cpu_stats.cpu_usage;
  if (nanoseconds === 0) return null;
  return { containerId: id, at: Date.parse(read.data.read), used: nanoseconds / 1e6 };
}
