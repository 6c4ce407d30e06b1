import { join } from 'node:path';
import { makeContainers } from '../../hub/src/adapters/docker/containers.ts';
import { ENGINE_DEADLINES, Engine, type EngineDeadlines } from '../../hub/src/adapters/docker/engine.ts';
import { makeNotebookClient } from '../../hub/src/adapters/notebook/notebook-client.ts';
import type { ControlDoor } from '../../hub/src/adapters/proxy/control-door.ts';
import { makeProxyRoutes } from '../../hub/src/adapters/proxy/proxy-routes.ts';
import { makeSleepers } from '../../hub/src/adapters/proxy/sleepers.ts';
import { openJsonStore } from '../../hub/src/adapters/store/json-store.ts';
import { systemClock } from '../../hub/src/adapters/system/clock.ts';
import { crowd } from '../../hub/src/adapters/system/crowd.ts';
import { makeFactBus } from '../../hub/src/adapters/system/fact-bus.ts';
import { sha256, systemRandom } from '../../hub/src/adapters/system/random.ts';
import type { Log } from '../../hub/src/domain/ports.ts';
import type { SpawnSettings } from '../../hub/src/domain/settings.ts';
import { NOBODY } from '../../hub/src/domain/sign-in-settings.ts';
import type { LineLimits } from '../../hub/src/domain/start-line.ts';
import { composeGuard } from '../../hub/src/main-guard.ts';
import { Lives } from '../../hub/src/usecases/lives.ts';
import { makePlanStart } from '../../hub/src/usecases/plan-start.ts';
import type { SpawnPorts } from '../../hub/src/usecases/spawn-ports.ts';
import { StartLine } from '../../hub/src/usecases/start-line.ts';

const EVERYBODY = { ...NOBODY, allowAll: true };

/** Where the parts of one hub are. */
export interface Whereabouts {
  readonly directory: string;
  readonly door: ControlDoor;
  readonly settings: SpawnSettings;
  readonly socket?: string | undefined;
  readonly deadlines?: EngineDeadlines | undefined;
  /** Starts at once. */
  readonly line?: Partial<LineLimits> | undefined;
}

/** Real adapters for all that a server's life stands on. */
export async function openParts(at: Whereabouts, log: Log): Promise<SpawnPorts> {
  const engine = new Engine(at.socket ?? '/var/run/docker.sock', at.deadlines ?? ENGINE_DEADLINES);
  const containers = makeContainers(engine, at.settings.instance, log);
  const store = await openJsonStore(join(at.directory, 'berth.json'));
  return {
    store,
    containers,
    routes: makeProxyRoutes(at.door),
    sleepers: makeSleepers(at.door),
    notebook: makeNotebookClient(),
    clock: systemClock,
    crowd,
    random: systemRandom,
    digest: sha256,
    facts: makeFactBus(log),
    log,
    settings: at.settings,
    lives: new Lives((error) => log.error({ error: String(error) }, 'unhandled')),
    plan: makePlanStart(store, () => ({ settings: at.settings, profiles: [], rootAllowed: false })),
    line: new StartLine({
      starts: 2,
      servers: Number.POSITIVE_INFINITY,
      gpus: [],
      host: () => containers.host(),
      ...at.line,
    }),
    guard: composeGuard('a secret of the tests, of no use elsewhere', at.door, systemClock),
    admission: () => ({ settings: EVERYBODY, userlist: new Map() }),
  };
}
