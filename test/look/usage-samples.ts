// The list of servers, what they use over time, and the profiles, with figures as a working day brings them.
import type { ServerState } from '../../hub/src/domain/server.ts';
import { ProfilesView } from '../../hub/src/http/views/profiles.tsx';
import type { ProfileFactsProps } from '../../hub/src/http/views/profiles-props.ts';
import type { Shell } from '../../hub/src/http/views/props.ts';
import { renderPage } from '../../hub/src/http/views/render.ts';
import { ServersView } from '../../hub/src/http/views/servers.tsx';
import type { ServerRowProps } from '../../hub/src/http/views/servers-props.ts';
import { FIRST_SERVERS_QUERY } from '../../hub/src/http/views/servers-url.ts';
import { StopManyView, StoppedManyView } from '../../hub/src/http/views/stop-many.tsx';
import { UsageView } from '../../hub/src/http/views/usage.tsx';
import type { ChartProps, UsageNowProps } from '../../hub/src/http/views/usage-props.ts';

const MINUTE = 60_000;
const GIB = 2 ** 30;
const HOSTILE = '<img src=x onerror=alert(1)>"\'&\u202e';

export const NOTHING_USED: UsageNowProps = { cores: null, memory: null, disk: null };

/** Hills that look like work: the same at each run. */
function hills(points: number, height: number, seed: number): readonly (number | null)[] {
  return Array.from({ length: points }, (_, at) => {
    const wave =
      Math.sin(at / (5 + seed)) + Math.sin(at / (13 + seed * 2)) * 0.6 + Math.sin(at * (seed + 3)) * 0.15;
    return at < points / 6 ? null : Math.max(0.01, (wave + 1.3) / 3) * height;
  });
}

export function usageSamples({ shell, boss, now }: { shell: Shell; boss: Shell; now: number }) {
  const { t } = shell;
  const row = (user: string, at: number, more: Partial<ServerRowProps> = {}): ServerRowProps => ({
    id: `s-${at}`,
    key: `${user}/`,
    user,
    name: '',
    label: t.server.of(user),
    state: 'ready',
    image: 'quay.io/jupyter/scipy-notebook:2026-11-02',
    profile: null,
    started: now - (at + 1) * 47 * MINUTE,
    lastActivity: now - at * 9 * MINUTE,
    usage: {
      cores: { used: [0.01, 1.62, 0.24, 0][at % 4] ?? 0, limit: 2 },
      memory: { used: ((at % 4) * 0.95 + 0.4) * GIB, limit: at % 5 === 4 ? null : 4 * GIB },
      disk: null,
    },
    sparks: {
      cores: { points: hills(40, 1.6, at % 4), top: 2 },
      memory: { points: hills(40, 3 * GIB, (at + 1) % 4), top: 4 * GIB },
    },
    links: {
      open: `/user/${user}/`,
      start: `/hub/spawn/${user}`,
      stop: `/hub/stop/${user}`,
      keep: `/hub/keep/${user}`,
      port: `/hub/port/${user}`,
      progress: `/hub/spawn-pending/${user}`,
      stream: `/hub/progress/${user}`,
    },
    usagePage: `/hub/usage/${user}`,
    ...more,
  });
  const down = (state: ServerState) =>
    ({ state, usage: NOTHING_USED, sparks: null, started: null }) satisfies Partial<ServerRowProps>;
  const rows = [
    row('ana', 0, { profile: 'Large' }),
    row('ben', 1, { name: 'gpu', profile: 'Machine learning course' }),
    row('chidi', 2),
    row('dana', 3, down('pulling')),
    row('eun-ji', 4),
    row('friedrich.wilhelm@uni-heidelberg.example', 5, { lastActivity: null }),
    row('grace', 6, down('stopped')),
  ];
  const times = (points: number, every: number) =>
    Array.from({ length: points }, (_, at) => now - (points - 1 - at) * every);
  const one: readonly ChartProps[] = [
    {
      id: 'cores',
      unit: 'cores',
      times: times(240, 15_000),
      limit: 2,
      lines: [{ look: 'servers', points: hills(240, 1.7, 2) }],
    },
    {
      id: 'memory',
      unit: 'bytes',
      times: times(240, 15_000),
      limit: 4 * GIB,
      lines: [{ look: 'servers', points: hills(240, 3.1 * GIB, 3) }],
    },
  ];
  const flat = (value: number) => Array.from({ length: 288 }, (_, at) => (at < 48 ? null : value));
  const machine: readonly ChartProps[] = [
    {
      id: 'memory',
      unit: 'bytes',
      times: times(288, 5 * MINUTE),
      limit: 64 * GIB,
      lines: [
        { look: 'committed', points: flat(88 * GIB) },
        { look: 'guaranteed', points: flat(12 * GIB) },
        { look: 'used', points: hills(288, 44 * GIB, 4) },
        { look: 'servers', points: hills(288, 33 * GIB, 4) },
      ],
    },
    {
      id: 'cores',
      unit: 'cores',
      times: times(288, 5 * MINUTE),
      limit: 16,
      lines: [
        { look: 'used', points: hills(288, 11, 3) },
        { look: 'servers', points: hills(288, 8, 3) },
      ],
    },
    {
      id: 'servers',
      unit: 'count',
      times: times(288, 5 * MINUTE),
      limit: null,
      lines: [{ look: 'servers', points: hills(288, 22, 5) }],
    },
    {
      id: 'gpus',
      unit: 'count',
      times: times(288, 5 * MINUTE),
      limit: 2,
      lines: [{ look: 'servers', points: hills(288, 2, 6) }],
    },
  ];
  const page = {
    every: 15_000,
    span: '1h',
    path: '/hub/usage/ana',
    stream: '/hub/usage-live/ana',
    machine: false,
  } as const;
  const live = { shell, state: 'measured', charts: one, notes: [], biggest: [] } as const;
  const totals = { known: 132, running: 41, matching: 7, fresh: 0 };
  const list = { shell: boss, query: FIRST_SERVERS_QUERY, rows, totals, mayStop: true };
  const asked = rows.slice(0, 3);

  return {
    servers: renderPage(ServersView, list),
    'servers-more': renderPage(ServersView, {
      ...list,
      query: { ...FIRST_SERVERS_QUERY, sort: 'memory', page: 2, size: 25 },
      rows: [...rows, row(HOSTILE, 8, { name: 'x', image: HOSTILE, profile: HOSTILE })],
      totals: { ...totals, matching: 41, fresh: 3 },
    }),
    'servers-none': renderPage(ServersView, { ...list, rows: [], totals: { ...totals, matching: 0 } }),
    'stop-servers': renderPage(StopManyView, {
      shell: boss,
      servers: asked,
      cut: null,
      back: '/hub/admin/servers',
    }),
    'stopped-servers': renderPage(StoppedManyView, {
      shell: boss,
      back: '/hub/admin/servers',
      results: [
        { label: t.server.of('ana'), result: 'stopped', words: '' },
        { label: t.server.of('ben'), result: 'refused', words: 'The container engine does not answer' },
        { label: t.server.of('chidi'), result: 'gone', words: '' },
        { label: t.server.of('dana'), result: 'late', words: '' },
      ],
    }),
    usage: renderPage(UsageView, { ...page, live, title: t.usage.title(t.server.own) }),
    'usage-none': renderPage(UsageView, {
      ...page,
      live: { ...live, state: 'none', charts: [] },
      title: t.usage.title(t.server.own),
    }),
    'usage-machine': renderPage(UsageView, {
      ...page,
      span: '24h',
      path: '/hub/admin/usage',
      stream: '/hub/admin/usage/live',
      machine: true,
      title: t.usage.machineTitle,
      live: {
        shell: boss,
        state: 'measured',
        charts: machine,
        notes: [t.usage.unlimited(3)],
        biggest: asked.map(({ label, usagePage, usage }) => ({
          label,
          href: usagePage,
          cores: usage.cores?.used ?? null,
          memory: usage.memory?.used ?? 0,
        })),
      },
    }),
    profiles: renderPage(ProfilesView, { shell: boss, profiles: PROFILES }),
    'profiles-none': renderPage(ProfilesView, {
      shell: boss,
      profiles: PROFILES.slice(0, 1).map((one) => ({
        ...one,
        name: null,
        description: '',
        isDefault: false,
      })),
    }),
  };
}

const SMALL: ProfileFactsProps = {
  slug: 'small',
  name: 'Small',
  description: 'JupyterLab with Python. 1 core, 2 GB of memory.',
  isDefault: true,
  groups: null,
  people: null,
  image: 'quay.io/jupyter/scipy-notebook:2026-11-02',
  here: true,
  memory: 2 * GIB,
  memoryGuarantee: GIB / 2,
  cpus: 1,
  cpuGuarantee: 0,
  gpus: 0,
  command: null,
  uid: null,
  opens: '/lab',
  mounts: [],
  options: [],
  refused: false,
};

const PROFILES: readonly ProfileFactsProps[] = [
  SMALL,
  {
    ...SMALL,
    slug: 'course',
    name: 'Machine learning course',
    description: 'What the exercises need, with the course’s data under /data.',
    isDefault: false,
    groups: ['ml-2026', 'tutors'],
    people: ['maria'],
    here: false,
    memory: null,
    cpus: 4,
    gpus: 1,
    command: ['start-notebook.sh', '--allow-root'],
    mounts: ['course-data: /data'],
    options: [{ name: 'Version', choices: ['Autumn 2026', 'Autumn 2025'], ownText: true }],
  },
  { ...SMALL, slug: 'root', name: HOSTILE, isDefault: false, here: null, uid: 0, refused: true },
];
