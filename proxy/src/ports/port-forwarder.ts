import type { Logger } from 'pino';
import { CoarseClock } from '../clock.ts';
import type { ProxyContext } from '../context.ts';
import { Counts } from '../counts.ts';
import { drain } from '../drain.ts';
import { Gate } from '../guard/gate.ts';
import { Renewals } from '../guard/renewals.ts';
import { OpenExchanges } from '../open-exchanges.ts';
import { listenAt } from '../options/listen-address.ts';
import type { ForwardSettings } from '../options/settings.ts';
import { Peers } from '../peers.ts';
import { publicServer } from '../public-server.ts';
import { Routes } from '../routes/routes.ts';
import { UpstreamPools } from '../upstream/upstream-pool.ts';
import { WaitingRoom } from '../waiting/waiting-room.ts';
import { localAddresses } from './local-addresses.ts';
import { portDoors } from './port-doors.ts';
import { PortErrors } from './port-errors.ts';
import type { PortSettings } from './read-port-settings.ts';

const KEEP_ALIVE_MS = 75_000;
const MAX_CONNECTIONS = 2_000;
const DRAIN_MS = 1_000;

/** The proxy's own rules; only the proxy and the hub come in, so what they say of a visitor's address is believed. */
const FORWARD: ForwardSettings = {
  xForward: true,
  customHeaders: new Map(),
  autoRewrite: false,
  protocolRewrite: undefined,
  hostRouting: false,
  allowedHosts: new Set(),
  includePrefix: true,
  prependPath: false,
  changeOrigin: false,
  timeout: 0,
  proxyTimeout: 0,
};

export interface PortForwarder {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Leads to the programs that listen in this network namespace, over the proxy's own forwarding engine.
 * Throws Refusal when its address is taken.
 */
export async function startPortForwarder(settings: PortSettings, log: Logger): Promise<PortForwarder> {
  const clock = new CoarseClock();
  const counts = new Counts();
  const open = new OpenExchanges();
  const routes = new Routes(clock);
  const pools = new UpstreamPools(clock, {
    tls: () => ({}),
    rejectUnauthorized: true,
    lookup: localAddresses,
  });
  const peers = new Peers(['0.0.0.0/0', '::/0']);
  const context: ProxyContext = {
    settings: FORWARD,
    clock,
    routes,
    pools,
    peers,
    errors: new PortErrors(settings, counts, log),
    open,
    // Guards and sleep are the business of the proxy in front: here no route has either.
    gate: new Gate(clock, new Renewals({ clock, routes, pools, open, log }), peers),
    waiting: new WaitingRoom({ clock, timeoutMs: 0, ask: async () => {}, log }),
    counts,
    log,
  };
  clock.onTick((now) => open.sweep(now));
  clock.onTick((now) => pools.sweep(now));
  const server = publicServer(
    context,
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxConnections: MAX_CONNECTIONS,
      maxConnectionsPerAddress: 0,
      tls: undefined,
    },
    portDoors(settings, context),
  );
  await listenAt(server, { host: settings.host, port: settings.port }, 'The forwarder');
  server.on('error', (error) => log.error({ reason: error.message }, 'the listener failed to accept'));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: async () => {
      await drain([server], open, DRAIN_MS, log);
      pools.close();
      clock.stop();
    },
  };
}
