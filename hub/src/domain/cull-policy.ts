import type { CpuReading } from './containers.ts';
import type { CullPolicy, CullSettings } from './cull-settings.ts';
import { formatSpan } from './format-span.ts';
import type { NotebookStatus } from './ports.ts';
import type { Server } from './server.ts';

/** How often a server that does not say what it does is asked again before it counts as idle. */
export const SILENT_LOOKS = 3;

/** Why a server is kept one of whose idle kernels was asked and did not answer. */
export const KERNEL_EXECUTES = 'a kernel executes, although Jupyter calls it idle';

/** What of a server's record the culler judges by. */
export type Judged = Pick<Server, 'state' | 'started' | 'lastActivity' | 'lastPersonal' | 'keepUntil'>;

/** What the culler does with one server. `ask`: idle as far as the hub knows, so the server itself is asked. */
export type CullVerdict =
  | { readonly act: 'keep'; readonly why: string }
  | { readonly act: 'ask'; readonly aim: 'freeze' | 'stop' }
  | { readonly act: 'freeze'; readonly detail: string }
  | { readonly act: 'stop'; readonly why: 'idle' | 'aged'; readonly detail: string };

/** What comes of a server if nothing happens any more, in milliseconds since the epoch; null: nothing does. */
export interface Forecast {
  readonly freezesAt: number | null;
  readonly stopsAt: number | null;
  /** Of `stopsAt`. */
  readonly why: 'idle' | 'aged' | null;
}

/** The policy of one server: the settings', changed by its owner's group, changed by its profile, which knows what it costs. */
export function policyOf(
  settings: CullSettings,
  groups: readonly string[],
  profile: Partial<CullPolicy> = {},
): CullPolicy {
  const { timeout, freezeTimeout, maxAge } = settings;
  const found = settings.groups.find(({ group }) => groups.includes(group))?.policy ?? {};
  const policy = { timeout, freezeTimeout, maxAge, ...found, ...profile };
  return settings.enabled ? policy : { ...policy, timeout: null, maxAge: null };
}

/**
 * When a person last did something. For records from before a restart that have not shown any since, their start
 * counts, so that nobody is stopped for the hub's lack of memory.
 */
export function personalSince(server: Judged): number {
  return Math.max(server.lastPersonal ?? server.lastActivity ?? 0, server.started ?? 0);
}

/** When that last happened which keeps a server from being stopped. */
export function idleSince(server: Judged, activity: CullSettings['activity']): number {
  const any = Math.max(server.lastActivity ?? 0, server.started ?? 0);
  return activity === 'any' ? any : personalSince(server);
}

/** What comes of it, by what the hub knows without asking. Being kept by its owner ends neither its age nor the world. */
export function forecast(server: Judged, policy: CullPolicy, activity: CullSettings['activity']): Forecast {
  const kept = server.keepUntil ?? 0;
  const after = (since: number, seconds: number | null) =>
    seconds === null ? null : Math.max(since + seconds * 1000, kept);
  const idle = after(idleSince(server, activity), policy.timeout);
  const aged = policy.maxAge === null ? null : (server.started ?? 0) + policy.maxAge * 1000;
  const freezesAt = server.state === 'ready' ? after(personalSince(server), policy.freezeTimeout) : null;
  if (aged !== null && (idle === null || aged <= idle)) return { freezesAt, stopsAt: aged, why: 'aged' };
  return { freezesAt, stopsAt: idle, why: idle === null ? null : 'idle' };
}

/** What the hub knows without asking: the proxy's traffic and the server's own reports. What sleeps is not asked. */
export function judgeFromOutside(
  server: Judged,
  policy: CullPolicy,
  settings: Pick<CullSettings, 'activity'>,
  now: number,
): CullVerdict {
  const { freezesAt, stopsAt, why } = forecast(server, policy, settings.activity);
  if (stopsAt !== null && stopsAt <= now) {
    if (why === 'aged') return stopForAge(server, now);
    if (server.state !== 'frozen') return { act: 'ask', aim: 'stop' };
    return stopForIdleness(idleSince(server, settings.activity), now);
  }
  if (freezesAt !== null && freezesAt <= now) return { act: 'ask', aim: 'freeze' };
  const isKept = server.keepUntil !== null && server.keepUntil > now;
  return { act: 'keep', why: isKept ? 'its owner keeps it' : 'in use' };
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

export interface Witnesses {
  readonly status: NotebookStatus | null;
  readonly silentLooks: number;
  /** Of the container, since the last look; null when that is not known yet. */
  readonly cores: number | null;
  /** The engine measures nobody: what the notebook says is all there is. */
  readonly unmeasured?: boolean;
}

/**
 * What the server itself says decides. A kernel that executes keeps it alive however long and however
 * silently; a kernel that merely exists does not, or one forgotten notebook would hold a server for ever.
 * A server that does not answer is asked {@link SILENT_LOOKS} times: it may be too busy to answer.
 *
 * Nobody is stopped or put to sleep without a second witness. `cores` is what the container used since the last
 * look: Jupyter keeps one word a kernel, and the answer to a question over the control channel writes "idle" over the
 * "busy" of a cell that is running. Null, nothing known yet, keeps the server until the next look. A cluster's engine
 * measures nobody: there the notebook's own word is taken, and who says nothing is kept.
 */
export function judgeFromInside(
  server: Judged,
  { status, silentLooks, cores, unmeasured = false }: Witnesses,
  policy: CullPolicy,
  settings: Pick<CullSettings, 'activity' | 'busyCores'>,
  now: number,
): CullVerdict {
  const keep = (why: string): CullVerdict => ({ act: 'keep', why });
  if (unmeasured && status === null) return keep('it did not say what it does, and nobody measures it');
  if (cores === null && !unmeasured) return keep('its processor time is not known yet');
  if ((cores ?? 0) > settings.busyCores) return keep('it computes');
  if (status === null && silentLooks < SILENT_LOOKS) return keep('it did not say what it does');
  if (status !== null && status.busyKernels > 0) return keep('a kernel executes');
  // A clock of a container that runs ahead must not keep its server for ever.
  const told = (at: number | null | undefined) => (at == null ? 0 : Math.min(at, now));
  const work = told(status?.lastWork);
  // What an open page asks for counts as activity of the server to Jupyter.
  const any = settings.activity === 'any' ? told(status?.lastActivity) : work;
  const seen: Judged = {
    ...server,
    lastActivity: Math.max(server.lastActivity ?? 0, any),
    lastPersonal: Math.max(server.lastPersonal ?? server.lastActivity ?? 0, work),
  };
  const { freezesAt, stopsAt, why } = forecast(seen, policy, settings.activity);
  if (stopsAt !== null && stopsAt <= now) {
    return why === 'aged' ? stopForAge(seen, now) : stopForIdleness(idleSince(seen, settings.activity), now);
  }
  if (freezesAt === null || freezesAt > now) return keep('in use');
  return { act: 'freeze', detail: `unused for ${formatSpan(now - personalSince(seen))}` };
}

function stopForIdleness(since: number, now: number): CullVerdict {
  return { act: 'stop', why: 'idle', detail: `idle for ${formatSpan(now - since)}` };
}

function stopForAge(server: Judged, now: number): CullVerdict {
  return { act: 'stop', why: 'aged', detail: formatSpan(now - (server.started ?? 0)) };
}
