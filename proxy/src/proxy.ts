import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Logger } from 'pino';
import { CoarseClock } from './clock.ts';
import type { ProxyContext } from './context.ts';
import { controlApi } from './control/control-api.ts';
import { tokenCheck } from './control/control-token.ts';
import { Counts } from './counts.ts';
import { drain } from './drain.ts';
import { Gate } from './guard/gate.ts';
import { Renewals } from './guard/renewals.ts';
import { metricsListener } from './metrics.ts';
import { OpenExchanges } from './open-exchanges.ts';
import { describe, type ListenAddress, listenAt } from './options/listen-address.ts';
import type { ProxySettings } from './options/read-settings.ts';
import { ErrorPages } from './pages/error-page.ts';
import { ErrorTarget } from './pages/error-target.ts';
import { Peers } from './peers.ts';
import { publicServer } from './public-server.ts';
import { RouteStore } from './routes/route-store.ts';
import { Routes } from './routes/routes.ts';
import { followCertificates } from './tls/follow-certificates.ts';
import { redirectServer } from './tls/redirect-server.ts';
import { loadTls, serverTls } from './tls/tls-files.ts';
import { UpstreamPools } from './upstream/upstream-pool.ts';
import { WaitingRoom } from './waiting/waiting-room.ts';
import { wakeCaller } from './waiting/wake-call.ts';

/** A proxy that serves. */
export interface RunningProxy {
  readonly context: ProxyContext;
  /** The ports that were opened, for those that were asked for as 0. */
  readonly publicPort: number;
  readonly apiPort: number;
  readonly metricsPort: number;
  /** Reads certificates anew; throws Refusal and keeps the old ones when that fails. */
  reloadCertificates(): void;
  /** Drains and closes everything. */
  close(): Promise<void>;
}

/** Builds the proxy from its settings and opens its listeners. Throws Refusal when one cannot stand. */
export async function startProxy(settings: ProxySettings, log: Logger): Promise<RunningProxy> {
  const clock = new CoarseClock();
  const counts = new Counts();
  const open = new OpenExchanges();
  const routes = new Routes(clock);
  let upstreamTls = loadTls(settings.upstreamTls);
  const pools = new UpstreamPools(clock, { tls: () => upstreamTls, rejectUnauthorized: !settings.insecure });
  const errorTarget =
    settings.errorTarget === undefined
      ? undefined
      : new ErrorTarget(settings.errorTarget, pools, open, clock, log);
  const errors = new ErrorPages(errorTarget, settings.errorPath, counts, log);
  const waiting = new WaitingRoom({
    clock,
    timeoutMs: settings.holdTimeout,
    ask: wakeCaller(settings.token),
    log,
  });
  const peers = new Peers(settings.trustedProxies);
  const renewals = new Renewals({ clock, routes, pools, open, log });
  const context: ProxyContext = {
    settings: settings.forward,
    clock,
    routes,
    pools,
    peers,
    errors,
    open,
    waiting,
    gate: new Gate(clock, renewals, peers),
    counts,
    log,
  };
  clock.onTick((now) => open.sweep(now));
  clock.onTick((now) => pools.sweep(now));
  clock.onTick((now) => waiting.sweep(now));
  clock.onTick((now) => renewals.sweep(now));
  routes.onChange((path, now, before) => {
    if (now?.asleep !== true) waiting.release(path);
    if (before === undefined) return;
    pools.dropIdle(before.target);
    if (now?.target.key !== before.target.key) pools.dropConnecting(before.target);
  });

  const store =
    settings.storageFile === undefined ? undefined : new RouteStore(settings.storageFile, routes, log);
  await store?.load();
  if (settings.defaultTarget !== undefined) routes.add('/', { target: settings.defaultTarget });

  const publicTls =
    settings.publicTls === undefined ? undefined : serverTls(settings.publicTls, settings.publicClients);
  const front = publicServer(context, {
    keepAliveTimeout: settings.keepAliveTimeout,
    maxConnections: settings.maxConnections,
    maxConnectionsPerAddress: settings.maxConnectionsPerAddress,
    tls: publicTls,
  });
  const api = apiServer(settings, context);
  const metrics =
    settings.metricsAt === undefined ? undefined : createServer(metricsListener(counts, routes, pools));
  const redirect =
    settings.redirect === undefined ? undefined : redirectServer(settings.redirect.to, settings.challenges);

  await listenAt(api, settings.apiAt, 'The control API');
  if (metrics !== undefined && settings.metricsAt !== undefined)
    await listenAt(metrics, settings.metricsAt, 'The metrics listener');
  await listenAt(front, settings.publicAt, 'The proxy');
  if (redirect !== undefined && settings.redirect !== undefined) {
    const host = 'host' in settings.publicAt ? settings.publicAt.host : '';
    await listenAt(redirect, { host, port: settings.redirect.from }, 'The redirect to HTTPS');
  }
  const servers = [front, api, metrics, redirect].filter((server) => server !== undefined);
  // Out of file descriptors, for instance: what is open goes on.
  for (const server of servers)
    server.on('error', (error) => log.error({ reason: error.message }, 'a listener failed to accept'));
  routes.ownAddresses = servers.flatMap(addressesOf);
  log.info(
    { public: shown(settings.publicAt, front), api: shown(settings.apiAt, api), routes: routes.size },
    'proxy is serving',
  );

  const reloadCertificates = (): void => {
    const front2 = settings.publicTls === undefined ? undefined : loadTls(settings.publicTls);
    const api2 = settings.apiTls === undefined ? undefined : loadTls(settings.apiTls);
    upstreamTls = loadTls(settings.upstreamTls);
    if (front2 !== undefined && 'setSecureContext' in front && typeof front.setSecureContext === 'function')
      front.setSecureContext(front2);
    if (api2 !== undefined && 'setSecureContext' in api && typeof api.setSecureContext === 'function')
      api.setSecureContext(api2);
  };
  followCertificates(clock, [settings.publicTls, settings.apiTls, settings.upstreamTls], () => {
    try {
      reloadCertificates();
      log.info('certificates read again');
    } catch (error) {
      log.error({ reason: String(error) }, 'new certificates are not usable; the old ones stay in force');
    }
  });

  return {
    context,
    publicPort: portOf(front),
    apiPort: portOf(api),
    metricsPort: metrics === undefined ? 0 : portOf(metrics),
    reloadCertificates,
    close: async () => {
      waiting.close();
      await drain(servers, open, settings.drainTimeout, log);
      await store?.close();
      pools.close();
      clock.stop();
    },
  };
}

function apiServer(settings: ProxySettings, context: ProxyContext): Server {
  const { token } = settings;
  if (token === undefined) context.log.warn('the control API asks for no token');
  const handler = controlApi({
    routes: context.routes,
    waiting: context.waiting,
    open: context.open,
    counts: context.counts,
    log: context.log,
    authorized: token === undefined ? undefined : tokenCheck(token),
  });
  const options = {
    maxHeaderSize: 16 * 1024,
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 75_000,
  };
  if (settings.apiTls === undefined) return createServer(options, handler);
  return createTlsServer({ ...serverTls(settings.apiTls, settings.apiClients), ...options }, handler);
}

function addressesOf(server: Server): { host: string; port: number }[] {
  const address = server.address();
  return address === null || typeof address === 'string'
    ? []
    : [{ host: address.address, port: address.port }];
}

const portOf = (server: Server): number => addressesOf(server)[0]?.port ?? 0;

function shown(asked: ListenAddress, server: Server): string {
  return 'host' in asked ? describe({ host: asked.host, port: portOf(server) }) : describe(asked);
}
