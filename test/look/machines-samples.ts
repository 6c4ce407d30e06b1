import { HomeView } from '../../hub/src/http/views/home.tsx';
import { ImagesView } from '../../hub/src/http/views/images.tsx';
import { LimitsView } from '../../hub/src/http/views/limits.tsx';
import { MachinesView } from '../../hub/src/http/views/machines.tsx';
import type { Shell } from '../../hub/src/http/views/props.ts';
import { renderPage } from '../../hub/src/http/views/render.ts';
import type { ServerCardProps } from '../../hub/src/http/views/server-props.ts';
import { VolumesView } from '../../hub/src/http/views/volumes.tsx';
import type { MachineRow } from '../../hub/src/usecases/machine-desk.ts';

const GIB = 2 ** 30;
const MINUTE = 60_000;
const ALL = ['pause', 'limit', 'usage', 'save', 'ports', 'volumes'] as const;

/** Pages of a hub on a Swarm: its machines, and what is greyed out. */
export function machinesSamples(given: { shell: Shell; boss: Shell; now: number; card: ServerCardProps }) {
  const { now } = given;
  const shell: Shell = { ...given.shell, lacks: ALL };
  const boss: Shell = { ...given.boss, lacks: ALL };
  const row: MachineRow = {
    id: 'qx1',
    name: 'lab-1',
    state: 'ready',
    manager: true,
    memory: 64 * GIB,
    cpus: 16,
    servers: 12,
    promised: { memory: 24 * GIB, cpus: 6 },
    volumes: 14,
    emptiedAt: null,
  };
  const rows: readonly MachineRow[] = [
    row,
    { ...row, id: 'qx2', name: 'lab-2', manager: false, state: 'paused', emptiedAt: now + 25 * MINUTE },
    {
      ...row,
      id: 'qx3',
      name: 'gpu-07.cluster.physik.uni-heidelberg.example',
      manager: false,
      servers: 0,
      state: 'draining',
    },
    { ...row, id: 'qx4', name: 'lab-4', manager: false, servers: 0, state: 'away', volumes: 31 },
    { ...row, id: 'qx5', name: 'old-lab', manager: false, servers: 0, state: 'gone', volumes: 1 },
  ];
  const image = 'quay.io/jupyter/scipy-notebook:2026-11-16';
  const running: ServerCardProps = {
    ...given.card,
    state: 'ready',
    image,
    started: now - 3 * MINUTE,
    lastActivity: now - MINUTE,
    machine: 'lab-1',
  };
  const home = { live: null, standing: null, environments: false };
  const closing = { machine: 'lab-2', at: now + 25 * MINUTE, moves: true };
  const moved = { at: now - 3 * MINUTE, from: 'lab-4', why: 'away' } as const;
  const told = (name: string, state: 'there' | 'fetching' | 'failed' | 'skipped', detail = '') => ({
    machine: { id: name, name },
    state,
    detail,
  });
  return {
    machines: renderPage(MachinesView, {
      shell: boss,
      rows,
      move: '/hub/admin/machines/move',
      notice: null,
      error: null,
    }),
    'machines-none': renderPage(MachinesView, {
      shell: boss,
      rows: [],
      move: '/hub/admin/machines/move',
      notice: boss.t.machines.changed,
      error: null,
    }),
    'machines-home-moved': renderPage(HomeView, { ...home, shell, servers: [{ ...running, moved }] }),
    'machines-home-closing': renderPage(HomeView, {
      ...home,
      shell,
      servers: [
        { ...running, machine: 'lab-2', closing },
        {
          ...running,
          usagePage: '/hub/usage/ana/second',
          closing: { ...closing, moves: false },
        },
      ],
    }),
    'machines-images': renderPage(ImagesView, {
      shell: boss,
      rows: [
        {
          image,
          usedBy: ['default'],
          servers: 3,
          here: true,
          size: null,
          freshness: 'unknown',
          trouble: 'lab-2: no space left on device',
          pulling: null,
          machines: [
            told('lab-1', 'there'),
            told('lab-2', 'failed', 'no space left on device'),
            told('lab-3', 'fetching', 'preparing'),
            told('lab-4', 'skipped', 'the machine is away'),
          ],
        },
      ],
      pull: '/hub/admin/images/pull',
      check: '/hub/admin/images/check',
      notice: null,
    }),
    'machines-limits': renderPage(LimitsView, {
      shell: boss,
      label: boss.t.server.of('ana'),
      action: '/hub/admin/limits/ana',
      memory: '4 GiB',
      cpus: '2',
      typed: { memory: '', cpus: '' },
      complaint: null,
      changed: false,
    }),
    'machines-volumes': renderPage(VolumesView, {
      shell: boss,
      admin: true,
      rows: [],
      standing: null,
      notice: null,
    }),
  };
}
