import { z } from 'zod';
import type { IdleKernel } from '../../domain/ports.ts';

// Jupyter Server's REST answers, as far as the culler reads them. Everything else in them is ignored.
const time = z.string().transform((text) => {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
});
const kernels = z.array(
  z.object({
    id: z.string().optional(),
    execution_state: z.string().optional(),
    last_activity: time.optional(),
    connections: z.number().optional(),
  }),
);
/** Jupyter's are UUIDs. */
const KERNEL_ID = /^[\w-]{1,64}$/;
const terminals = z.array(z.object({ last_activity: time.optional() }));
const status = z.object({ last_activity: time.optional() });

export interface KernelAnswer {
  readonly busy: boolean;
  readonly lastActivity: number | null;
  /** Null when it is not idle: one that has not said anything yet, or is dead, cannot be asked. */
  readonly idle: IdleKernel | null;
}

/** `GET api/kernels`; null when this is not its answer. */
export function readKernels(json: unknown): readonly KernelAnswer[] | null {
  const read = kernels.safeParse(json);
  if (!read.success) return null;
  return read.data.map(({ id = '', execution_state: state, last_activity, connections = 0 }) => {
    const lastActivity = last_activity ?? null;
    const idle = state === 'idle' && KERNEL_ID.test(id) ? { id, connections, lastActivity } : null;
    return { busy: state === 'busy', lastActivity, idle };
  });
}

/** `GET api/terminals`: when each was last used. */
export function readTerminals(json: unknown): readonly (number | null)[] | null {
  const read = terminals.safeParse(json);
  return read.success ? read.data.map((terminal) => terminal.last_activity ?? null) : null;
}

/** `GET api/status`: when the server was last used. */
export function readStatus(json: unknown): number | null {
  const read = status.safeParse(json);
  return read.success ? (read.data.last_activity ?? null) : null;
}
