import { type Server, serverKey } from '../../domain/server.ts';
import type { UsagePoint, UsageSpan } from '../../domain/usage.ts';
import { usernameInUrl } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import type { ChartProps, SparkProps, UsageNowProps } from '../views/usage-props.ts';

/** A minute and a half in each point: a line as wide as a word needs no more, and what is idle stays the same line. */
const SPARK_POINTS = 40;

/** The page of a server's charts. */
export function usagePath(baseUrl: string, { user, name }: Pick<Server, 'user' | 'name'>): string {
  return `${baseUrl}hub/usage/${usernameInUrl(user)}${name === '' ? '' : `/${encodeURIComponent(name)}`}`;
}

/** What a server uses now, beside its limits. */
export function usageOf({ usage, storage }: Pick<Hub, 'usage' | 'storage'>, server: Server): UsageNowProps {
  const now = server.containerId === null ? null : usage.of(serverKey(server.user, server.name));
  return {
    cores: now?.cores == null ? null : { used: now.cores, limit: server.grant?.cpus ?? null },
    memory: now === null ? null : { used: now.memory, limit: server.grant?.memory ?? null },
    disk: server.volumeName === null ? null : storage.filesOf(server.volumeName),
  };
}

/** Its last hour as small lines; null when nothing was measured. */
export function sparksOf(
  { usage }: Pick<Hub, 'usage'>,
  server: Server,
): { readonly cores: SparkProps; readonly memory: SparkProps } | null {
  if (server.containerId === null) return null;
  const series = usage.series(serverKey(server.user, server.name), '1h');
  if (series.length === 0) return null;
  const { grant } = server;
  const cores = thinned(series.map((point) => point.cores));
  const memory = thinned(series.map((point) => point.memory));
  return {
    cores: { points: cores, top: grant?.cpus ?? Math.max(1, ...known(cores)) },
    memory: { points: memory, top: grant?.memory ?? Math.max(1, ...known(memory)) * 1.25 },
  };
}

/** The two charts of a server. */
export function serverCharts(series: readonly UsagePoint[], grant: Server['grant']): readonly ChartProps[] {
  const times = series.map(({ at }) => at);
  return [
    {
      id: 'cores',
      unit: 'cores',
      times,
      limit: grant?.cpus ?? null,
      lines: [{ look: 'servers', points: series.map(({ cores }) => cores) }],
    },
    {
      id: 'memory',
      unit: 'bytes',
      times,
      limit: grant?.memory ?? null,
      lines: [{ look: 'servers', points: series.map(({ memory }) => memory) }],
    },
  ];
}

/** The machine's charts: what is in use, by whom, and what was promised. GPUs only where there are any. */
export function machineCharts({ usage }: Pick<Hub, 'usage'>, span: UsageSpan): readonly ChartProps[] {
  const now = usage.machine();
  if (now === null) return [];
  const series = usage.machineSeries(span);
  const times = series.map(({ at }) => at);
  const pick = (value: (of: NonNullable<(typeof series)[number]['usage']>) => number) =>
    series.map((point) => (point.usage === null ? null : value(point.usage)));
  const charts: ChartProps[] = [
    {
      id: 'memory',
      unit: 'bytes',
      times,
      limit: now.memory.total,
      lines: [
        { look: 'committed', points: pick(({ memoryCommitted }) => memoryCommitted) },
        { look: 'guaranteed', points: pick(({ memoryGuaranteed }) => memoryGuaranteed) },
        { look: 'used', points: pick(({ memoryUsed }) => memoryUsed) },
        { look: 'servers', points: pick(({ memoryServers }) => memoryServers) },
      ],
    },
    {
      id: 'cores',
      unit: 'cores',
      times,
      limit: now.cores.total,
      lines: [
        { look: 'used', points: pick(({ coresUsed }) => coresUsed) },
        { look: 'servers', points: pick(({ coresServers }) => coresServers) },
      ],
    },
    {
      id: 'servers',
      unit: 'count',
      times,
      limit: null,
      lines: [{ look: 'servers', points: pick(({ running }) => running) }],
    },
  ];
  if (now.gpus.total === 0) return charts;
  const leased = pick(({ gpusLeased }) => gpusLeased);
  const lines = [{ look: 'servers', points: leased }] as const;
  return [...charts, { id: 'gpus', unit: 'count', times, limit: now.gpus.total, lines }];
}

function known(points: readonly (number | null)[]): readonly number[] {
  return points.filter((value) => value !== null);
}

/** Means of equal stretches. */
function thinned(points: readonly (number | null)[]): readonly (number | null)[] {
  const count = Math.min(SPARK_POINTS, points.length);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * points.length) / count);
    const some = known(points.slice(from, Math.floor(((index + 1) * points.length) / count)));
    return some.length === 0 ? null : some.reduce((sum, value) => sum + value, 0) / some.length;
  });
}
