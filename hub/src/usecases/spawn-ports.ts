import type { Admission } from '../domain/admission.ts';
import type { Containers } from '../domain/containers.ts';
import type {
  Clock,
  Crowd,
  Digest,
  Facts,
  Log,
  Notebook,
  Random,
  Routes,
  Sleepers,
} from '../domain/ports.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import type { Store } from '../domain/store.ts';
import type { VisitSigner } from '../domain/visit.ts';
import type { ClusterPorts } from './cluster-ports.ts';
import type { Lives } from './lives.ts';
import type { PlanStart } from './plan-start.ts';
import type { StartLine } from './start-line.ts';
import type { VisitBook } from './visit-book.ts';

/** What guards web applications. */
export interface GuardPorts {
  readonly signer: VisitSigner;
  /** Who was let in. */
  readonly book: VisitBook;
  /** Whether the proxy guards routes at all. @throws Problem SPAWN-170 */
  readonly canGuard: () => Promise<boolean>;
}

/** What the use cases of a server's life stand on. All of them are given the same `lives`. */
export interface SpawnPorts {
  readonly store: Store;
  readonly containers: Containers;
  readonly routes: Routes;
  readonly sleepers: Sleepers;
  readonly notebook: Notebook;
  readonly clock: Clock;
  readonly crowd: Crowd;
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
  readonly guard: GuardPorts;
  /** Servers run on many machines; absent: on one. */
  readonly cluster?: ClusterPorts;
}
