import type { Admission } from '../domain/admission.ts';
import type {
  Clock,
  Containers,
  Digest,
  Facts,
  Log,
  Notebook,
  Random,
  Routes,
  Store,
} from '../domain/ports.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import type { Lives } from './lives.ts';
import type { PlanStart } from './plan-start.ts';
import type { StartLine } from './start-line.ts';

/** What the use cases of a server's life stand on. All of them are given the same `lives`. */
export interface SpawnPorts {
  readonly store: Store;
  readonly containers: Containers;
  readonly routes: Routes;
  readonly notebook: Notebook;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly facts: Facts;
  readonly log: Log;
  readonly settings: SpawnSettings;
  readonly lives: Lives;
  readonly line: StartLine;
  readonly plan: PlanStart;
  /** Whoever is not admitted any more gets no route to a server that still runs. */
  readonly admission: () => Admission;
}
