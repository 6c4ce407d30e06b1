import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Counts } from './counts.ts';
import type { Gate } from './guard/gate.ts';
import type { OpenExchanges } from './open-exchanges.ts';
import type { ForwardSettings } from './options/settings.ts';
import type { ErrorPages } from './pages/error-page.ts';
import type { Peers } from './peers.ts';
import type { Routes } from './routes/routes.ts';
import type { UpstreamPools } from './upstream/upstream-pool.ts';
import type { WaitingRoom } from './waiting/waiting-room.ts';

/** What every forwarded request needs; made once in main. */
export interface ProxyContext {
  readonly settings: ForwardSettings;
  readonly clock: Clock;
  readonly routes: Routes;
  readonly pools: UpstreamPools;
  readonly peers: Peers;
  readonly errors: ErrorPages;
  readonly open: OpenExchanges;
  readonly waiting: WaitingRoom;
  /** Lets visitors of guarded routes in. */
  readonly gate: Gate;
  readonly counts: Counts;
  readonly log: Logger;
}
