import { isOpen, type Server } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';
import type { IdleProps } from '../views/idle-props.ts';

/** What the owner of a server is told of its rest; `keep` takes POST. What is past is not told: then a cell that runs is what keeps it. */
export function idleOf(hub: Hub, server: Server, keep: string): IdleProps {
  const none = { freezesAt: null, stopsAt: null, why: null, keptUntil: null, warned: false, keepFor: null };
  if (!isOpen(server)) return { ...none, keep };
  const now = hub.clock.now();
  const ahead = (at: number | null) => (at !== null && at > now ? at : null);
  const { freezesAt, stopsAt, why } = hub.idle.foresee(server);
  const { warning, keep: seconds } = hub.idle.times();
  const stops = ahead(stopsAt);
  const keptUntil = ahead(server.keepUntil);
  return {
    freezesAt: ahead(freezesAt),
    stopsAt: stops,
    why,
    keptUntil,
    warned: stops !== null && stops - now <= lead(server, stops, warning),
    keepFor: why === 'idle' && keptUntil === null ? seconds * 1000 : null,
    keep,
  };
}

/** With times as short as in a trial, half of the way is warning enough: else the note would always be there. */
function lead(server: Server, stops: number, warning: number): number {
  const since = Math.max(server.lastPersonal ?? server.lastActivity ?? 0, server.started ?? 0);
  return Math.min(warning * 1000, Math.max(0, stops - since) / 2);
}
