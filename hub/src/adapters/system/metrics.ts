import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Fact } from '../../domain/fact.ts';
import type { Clock, Facts, Metrics } from '../../domain/ports.ts';
import { isActive, isStarting, serverKey } from '../../domain/server.ts';
import type { Tables } from '../../domain/store.ts';
import type { Usage } from '../../domain/usage.ts';
import { RequestDurations } from './request-durations.ts';
import { showUsage } from './usage-metrics.ts';
import { timeWork, watchEventLoop } from './work-metrics.ts';

const DAY_MS = 24 * 3600 * 1000;
const PERIODS = { '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS };

/**
 * Numbers for Prometheus, by the names that JupyterHub gives them (contract §3), so that its dashboards work.
 * Counts of people and servers are taken when somebody asks.
 */
export function makeMetrics(ports: {
  readonly tables: Tables;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly usage: Usage;
}): Metrics {
  const { tables, facts, clock } = ports;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new RequestDurations();
  const spawns = new Histogram({
    name: 'jupyterhub_server_spawn_duration_seconds',
    help: 'Time taken for server spawning operation',
    labelNames: ['status'],
    buckets: [0.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 180, 300, 600],
    registers: [registry],
  });
  const stops = new Histogram({
    name: 'jupyterhub_server_stop_seconds',
    help: 'Time taken for server stopping operation',
    labelNames: ['status'],
    registers: [registry],
  });
  const signIns = new Counter({
    name: 'jupyterhub_login_duration_seconds_count',
    help: 'Sign-ins that succeeded',
    registers: [registry],
  });
  watchEventLoop(registry);
  countPeople(registry, tables, clock);
  showUsage(registry, tables, ports.usage);
  facts.listen(watchServers(clock, spawns, stops));
  facts.listen((fact) => {
    if (fact.kind === 'signed-in') signIns.inc();
  });
  return {
    ...timeWork(registry),
    request: (taken) => requests.observe(taken),
    read: async () => ({
      contentType: registry.contentType,
      text: `${await registry.metrics()}\n${requests.text()}`,
    }),
  };
}

function countPeople(registry: Registry, tables: Tables, clock: Clock): void {
  const gauge = (name: string, help: string, count: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(count());
      },
    });
  };
  gauge('jupyterhub_total_users', 'Total number of users', () => tables.users.size);
  gauge('jupyterhub_running_servers', 'The number of user servers currently running', () => {
    let running = 0;
    for (const server of tables.servers.values()) if (isActive(server) && !isStarting(server)) running += 1;
    return running;
  });
  new Gauge({
    name: 'jupyterhub_active_users',
    help: 'Number of users who were active in the specified time period',
    labelNames: ['period'],
    registers: [registry],
    collect() {
      const seen = [...tables.users.values()].map((user) => clock.now() - (user.lastActivity ?? 0));
      for (const [period, ms] of Object.entries(PERIODS))
        this.set({ period }, seen.filter((ago) => ago <= ms).length);
    },
  });
}

/** How long starts and stops take, from what is told of each server. */
function watchServers(
  clock: Clock,
  spawns: Histogram<'status'>,
  stops: Histogram<'status'>,
): (fact: Fact) => void {
  const began = new Map<string, number>();
  return (fact) => {
    if (fact.kind !== 'server-moved') return;
    const key = serverKey(fact.user, fact.server);
    if (fact.state === 'queued' || fact.state === 'stopping') began.set(key, clock.now());
    const from = began.get(key);
    if (from === undefined || !['ready', 'failed', 'stopped'].includes(fact.state)) return;
    began.delete(key);
    const seconds = (clock.now() - from) / 1000;
    if (fact.state === 'stopped') stops.observe({ status: 'success' }, seconds);
    else spawns.observe({ status: fact.state === 'ready' ? 'success' : 'failure' }, seconds);
  };
}
