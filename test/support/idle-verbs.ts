import { forecast } from '../../hub/src/domain/cull-policy.ts';
import type { CullSettings } from '../../hub/src/domain/cull-settings.ts';
import { serverKey } from '../../hub/src/domain/server.ts';
import type { IdleVerbs } from '../../hub/src/usecases/idle-verbs.ts';
import { makeKeepServer } from '../../hub/src/usecases/keep-server.ts';
import { serverPolicy } from '../../hub/src/usecases/server-policy.ts';
import type { SpawnPorts } from '../../hub/src/usecases/spawn-ports.ts';

/** Two hours, as people have it in mind; nobody sleeps. */
export const CULL_SETTINGS: CullSettings = {
  enabled: true,
  timeout: 7200,
  freezeTimeout: null,
  maxAge: null,
  activity: 'person',
  every: 60,
  concurrency: 10,
  busyCores: 0.05,
  warning: 600,
  keep: 7200,
  groups: [],
  users: false,
  adminUsers: true,
  removeNamedServers: false,
};

/** What the doors need of idle servers, where there is no engine: everything but waking. */
export function idleVerbs(ports: Pick<SpawnPorts, 'store' | 'clock' | 'plan' | 'log'>): IdleVerbs {
  const { store } = ports;
  return {
    foresee: (server) => forecast(server, serverPolicy(ports, CULL_SETTINGS, server), 'person'),
    keep: makeKeepServer(ports, CULL_SETTINGS),
    wake: async ({ user, name }) => {
      const server = store.servers.get(serverKey(user, name));
      if (server === undefined) throw new Error('no such server');
      return server;
    },
    judge: async () => [],
    schedules: () => [],
    times: () => CULL_SETTINGS,
  };
}
