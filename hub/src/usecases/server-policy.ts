import { policyOf } from '../domain/cull-policy.ts';
import type { CullPolicy, CullSettings } from '../domain/cull-settings.ts';
import { Problem } from '../domain/problem.ts';
import type { Server } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/**
 * The policy that holds for a server: of its owner's group and its profile, as both are today. Where nothing can be
 * frozen there is only the stop.
 */
export function serverPolicy(
  ports: Pick<SpawnPorts, 'store' | 'plan'> & {
    readonly containers?: Pick<SpawnPorts['containers'], 'abilities'>;
  },
  settings: CullSettings,
  server: Pick<Server, 'user' | 'options'>,
): CullPolicy {
  const groups = ports.store.users.get(server.user)?.groups ?? [];
  const policy = policyOf(settings, groups, profilePolicy(ports, server));
  return ports.containers?.abilities.pause === false ? { ...policy, freezeTimeout: null } : policy;
}

/** Nothing for one whose profile has gone meanwhile, or whose owner has. */
function profilePolicy(
  { plan }: Pick<SpawnPorts, 'plan'>,
  server: Pick<Server, 'user' | 'options'>,
): Partial<CullPolicy> {
  try {
    return plan(server).cull ?? {};
  } catch (error) {
    if (error instanceof Problem) return {};
    throw error;
  }
}
