import type { RequestListener } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Registry, Summary } from 'prom-client';
import type { Counts } from './counts.ts';
import type { Routes } from './routes/routes.ts';
import type { UpstreamPools } from './upstream/upstream-pool.ts';

/** The metrics listener: configurable-http-proxy's names, and a few of ours with the prefix berth_proxy_. */
export function metricsListener(counts: Counts, routes: Routes, pools: UpstreamPools): RequestListener {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const counter = (name: string, help: string, read: () => number): void => {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  };
  const byStatus = (name: string, help: string, read: ReadonlyMap<number, number>): void => {
    new Counter({
      name,
      help,
      labelNames: ['status'],
      registers,
      collect() {
        this.reset();
        for (const [status, count] of read) this.inc({ status }, count);
      },
    });
  };
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  counter('api_route_get', 'Count of API route get requests', () => counts.apiRouteGet);
  counter('api_route_add', 'Count of API route add requests', () => counts.apiRouteAdd);
  counter('api_route_delete', 'Count of API route delete requests', () => counts.apiRouteDelete);
  counter('requests_ws', 'Count of websocket requests', () => counts.webSockets);
  counter('requests_web', 'Count of web requests', () => counts.web);
  byStatus('requests_proxy', 'Count of proxy requests', counts.proxied);
  byStatus('requests_api', 'Count of API requests', counts.api);
  const find = new Summary({
    name: 'find_target_for_req',
    help: 'Summary of find target requests',
    registers,
  });
  counts.observeFind = (seconds) => find.observe(seconds);
  // Kept for dashboards that name it; an update is the assignment of a number, and is not timed.
  new Summary({
    name: 'last_activity_updating',
    help: 'Summary of last activity updating requests',
    registers,
  });
  counter(
    'berth_proxy_client_aborts',
    'Count of requests whose client left before the answer',
    () => counts.clientAborts,
  );
  counter('berth_proxy_uncaught', 'Count of errors that no code had expected', () => counts.uncaught);
  counter(
    'berth_proxy_bytes_to_clients',
    'Bytes of bodies and WebSockets sent to clients',
    () => counts.bytesToClients,
  );
  counter(
    'berth_proxy_bytes_to_servers',
    'Bytes of bodies and WebSockets sent to servers',
    () => counts.bytesToServers,
  );
  gauge('berth_proxy_open_websockets', 'WebSockets open now', () => counts.openWebSockets);
  gauge('berth_proxy_routes', 'Routes in force', () => routes.size);
  gauge('berth_proxy_upstream_connections', 'Connections to servers', () => pools.openCount);
  gauge('berth_proxy_upstream_idle', 'Connections to servers that wait for a request', () => pools.idleCount);
  return (request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(404, { 'Content-Length': '0' }).end();
      return;
    }
    register.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': register.contentType }).end(text),
      () => response.writeHead(500, { 'Content-Length': '0' }).end(),
    );
  };
}
