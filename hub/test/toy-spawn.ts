import { makeFactBus } from '../src/adapters/system/fact-bus.ts';
import { sha256, systemRandom } from '../src/adapters/system/random.ts';
import { makeVisitSigner } from '../src/adapters/system/visit-signer.ts';
import { NOBODY } from '../src/domain/sign-in-settings.ts';
import type { Store } from '../src/domain/store.ts';
import { Lives } from '../src/usecases/lives.ts';
import { makePlanStart } from '../src/usecases/plan-start.ts';
import type { SpawnPorts } from '../src/usecases/spawn-ports.ts';
import { StartLine } from '../src/usecases/start-line.ts';
import { VisitBook } from '../src/usecases/visit-book.ts';
import { SPAWN_SETTINGS } from './spawn-settings.ts';
import { type Fate, type ToyEngine, type ToyRoutes, toyNotebook, toySleepers } from './toy-engine.ts';

interface Parts {
  readonly store: Store;
  readonly fate: Fate;
  readonly engine: ToyEngine;
  readonly routes: ToyRoutes;
  /** What nobody handled is put here. */
  readonly unhandled: unknown[];
  /** How many times as fast its clock runs, so that pauses between questions are short; deadlines are, too. */
  readonly pace?: number;
}

/** What starts and stops stand on, with a toy for the engine and the proxy. Everybody may come in. */
export function toySpawn({ store, fate, engine, routes, unhandled, pace = 100 }: Parts): SpawnPorts {
  const log = { info: () => {}, warn: () => {}, error: (what: unknown) => unhandled.push(what) };
  return {
    store,
    containers: engine,
    routes,
    sleepers: toySleepers(fate, routes),
    notebook: toyNotebook(fate),
    clock: {
      now: () => Math.floor(performance.now() * pace),
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          if (signal?.aborted) return reject(signal.reason);
          const timer = setTimeout(resolve, ms / pace);
          signal?.addEventListener('abort', () => {
            clearTimeout(timer);
            reject(signal.reason);
          });
        }),
    },
    crowd: () => 1,
    random: systemRandom,
    digest: sha256,
    facts: makeFactBus(log),
    guard: {
      signer: makeVisitSigner(Buffer.alloc(32, 5)),
      book: new VisitBook({ now: () => 0, sleep: () => Promise.resolve() }),
      canGuard: () => Promise.resolve(true),
    },
    log,
    settings: SPAWN_SETTINGS,
    lives: new Lives((error) => unhandled.push(error)),
    plan: makePlanStart(store, () => ({ settings: SPAWN_SETTINGS, profiles: [], rootAllowed: false })),
    line: new StartLine({
      starts: 2,
      servers: Number.POSITIVE_INFINITY,
      gpus: [],
      host: async () => ({ memory: 2 ** 40, cpus: 64 }),
    }),
    admission: () => ({
      settings: { ...NOBODY, allowAll: true },
      userlist: new Map(),
    }),
  };
}
