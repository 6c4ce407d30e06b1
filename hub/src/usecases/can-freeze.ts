import type { CullPolicy } from '../domain/cull-settings.ts';
import { isFresh } from '../domain/is-fresh.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** How long the proxy's word on whether it holds requests is believed: it may be replaced by another. */
const BELIEVED_MS = 60_000;

/** Whether servers can sleep behind this proxy. Asked only when some policy wants it; says once when they cannot. */
export type CanFreeze = (policies: Iterable<CullPolicy>) => Promise<boolean>;

export function makeCanFreeze({ sleepers, clock, log, containers }: SpawnPorts): CanFreeze {
  let told: { readonly at: number; readonly can: boolean } | null = null;

  return async (policies) => {
    let wanted = false;
    for (const { freezeTimeout } of policies) wanted ||= freezeTimeout !== null;
    if (!wanted) return false;
    if (!containers.abilities.pause) {
      if (told === null) log.warn({}, 'FREEZE_TIMEOUT has no effect: a cluster’s servers cannot be frozen');
      told = { at: clock.now(), can: false };
      return false;
    }
    if (told !== null && isFresh(told.at, clock.now(), BELIEVED_MS)) return told.can;
    const can = await sleepers.canSleep().catch(() => false);
    if (!can && told?.can !== false) {
      log.warn({}, 'FREEZE_TIMEOUT has no effect: this proxy does not hold requests to a server that sleeps');
    }
    told = { at: clock.now(), can };
    return can;
  };
}
