import type { CpuReading } from './containers.ts';
import type { NotebookStatus } from './ports.ts';
import type { CullSettings } from './settings.ts';

/** How often a server that does not say what it does is asked again before it counts as idle. */
export const SILENT_LOOKS = 3;

/** What the culler does with one server. `ask`: idle as far as the hub knows, so the server itself is asked. */
export type CullVerdict =
  | { readonly act: 'keep' }
  | { readonly act: 'ask' }
  | { readonly act: 'stop'; readonly detail: string };

/**
 * What the hub knows without asking: the proxy's traffic and the server's own reports.
 *
 * `lastActivity` is null only for servers from before a restart that have not shown any since: their start
 * counts then, so that nobody is stopped for the hub's lack of memory.
 */
export function judgeFromOutside(
  server: { readonly started: number | null; readonly lastActivity: number | null },
  settings: CullSettings,
  now: number,
): CullVerdict {
  const active = Math.max(server.lastActivity ?? 0, server.started ?? 0);
  return now - active < settings.timeout * 1000 ? { act: 'keep' } : { act: 'ask' };
}

/**
 * Cores that a container used on average between two readings; null when they cannot be compared: one is
 * missing, or the server was started anew between them.
 */
export function coresBetween(before: CpuReading | null, after: CpuReading | null): number | null {
  if (before === null || after === null || before.containerId !== after.containerId) return null;
  const span = after.at - before.at;
  return span > 0 && after.used >= before.used ? (after.used - before.used) / span : null;
}

/**
 * What the server itself says decides. A kernel that executes keeps it alive however long and however
 * silently; a kernel that merely exists does not, or one forgotten notebook would hold a server for ever.
 * A server that does not answer is asked {@link SILENT_LOOKS} times: it may be too busy to answer.
 *
 * Nobody is stopped without a second witness. `cores` is what the container used since the last look: Jupyter
 * keeps one word a kernel, and the answer to a question over the control channel writes "idle" over the "busy"
 * of a cell that is running. Null, nothing known yet, keeps the server until the next look.
 */
export function judgeFromInside(
  server: { readonly started: number | null; readonly lastActivity: number | null },
  witnesses: {
    readonly status: NotebookStatus | null;
    readonly silentLooks: number;
    readonly cores: number | null;
  },
  settings: CullSettings,
  now: number,
): CullVerdict {
  const { status, silentLooks, cores } = witnesses;
  if (cores === null || cores > settings.busyCores) return { act: 'keep' };
  if (status === null && silentLooks < SILENT_LOOKS) return { act: 'keep' };
  if (status !== null && status.busyKernels > 0) return { act: 'keep' };
  // A clock of a container that runs ahead must not keep its server for ever.
  const told = status?.lastActivity != null ? Math.min(status.lastActivity, now) : 0;
  const active = Math.max(server.lastActivity ?? 0, server.started ?? 0, told);
  if (now - active < settings.timeout * 1000) return { act: 'keep' };
  return { act: 'stop', detail: `idle for ${formatSpan(now - active)}` };
}

/** `60 minutes`, `1 second`: the largest unit that still leaves two digits, rounded down. */
export function formatSpan(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 120) return count(seconds, 'second');
  if (seconds < 7200) return count(Math.floor(seconds / 60), 'minute');
  return count(Math.floor(seconds / 3600), 'hour');
}

function count(value: number, unit: string): string {
  return `${value} ${unit}${value === 1 ? '' : 's'}`;
}
