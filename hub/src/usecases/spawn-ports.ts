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
import type { Server } from '../domain/server.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import type { Lives } from './lives.ts';
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
  /** How this start is made: the settings, changed by the profile that its owner chose. @throws Problem SPAWN-142 */
  readonly plan: (server: Pick<Server, 'user' | 'options'>) => SpawnSettings;
  /** Whoever is not admitted any more gets no route to a server that still runs. */
  readonly admission: () => Admission;
}
