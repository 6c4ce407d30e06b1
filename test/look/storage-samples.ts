import { EnvironmentsView } from '../../hub/src/http/views/environments.tsx';
import { HomeView } from '../../hub/src/http/views/home.tsx';
import { ImagesView } from '../../hub/src/http/views/images.tsx';
import type { Shell } from '../../hub/src/http/views/props.ts';
import { renderPage } from '../../hub/src/http/views/render.ts';
import type {
  EnvironmentProps,
  ImageRowProps,
  VolumeRowProps,
} from '../../hub/src/http/views/storage-props.ts';
import { VolumeView } from '../../hub/src/http/views/volume.tsx';
import { VolumesView } from '../../hub/src/http/views/volumes.tsx';

const GIB = 2 ** 30;
const HOUR = 3_600_000;

/** Volumes, images and saved environments, with the longest of what may stand in them. */
export function storageSamples({ shell, boss, now }: { shell: Shell; boss: Shell; now: number }) {
  const own: VolumeRowProps = {
    name: 'jupyterhub-user-ana',
    owner: 'ana',
    account: true,
    size: 4.2 * GIB,
    lastUse: now - 2 * HOUR,
    inUse: [],
    doing: null,
    page: '/hub/files/jupyterhub-user-ana',
  };
  const rows: readonly VolumeRowProps[] = [
    own,
    { ...own, name: 'berth-shared-course', owner: null, size: 120 * 2 ** 20, lastUse: null },
    {
      ...own,
      name: 'jupyterhub-user-friedrich-2ewilhelm-40uni-2dheidelberg-2eexample',
      owner: 'friedrich.wilhelm@uni-heidelberg.example',
      account: false,
      size: null,
      inUse: ['jupyter-friedrich-2ewilhelm-40uni-2dheidelberg-2eexample', 'backup-job'],
    },
  ];
  const standing = {
    volume: own.name,
    used: 12.5 * GIB,
    quota: 10 * GIB,
    over: true,
    refuses: true,
  };
  const image: ImageRowProps = {
    image: 'quay.io/jupyter/scipy-notebook:2026-11-16',
    usedBy: ['Plain', 'Large (8 GB)'],
    servers: 3,
    here: true,
    size: 4.1 * GIB,
    freshness: 'newer',
    trouble: null,
    pulling: null,
    machines: null,
  };
  const images: readonly ImageRowProps[] = [
    image,
    { ...image, image: 'berth-notebook-minimal', usedBy: ['default'], servers: 1, freshness: 'unknown' },
    {
      ...image,
      image: `registry.example/a-very-long-name-of-a-project/with-a-long-part/notebook:${'1'.repeat(40)}`,
      usedBy: ['extra'],
      servers: 0,
      here: false,
      size: null,
      freshness: 'unknown',
      trouble: 'SPAWN-102 The registry refused it: log the engine in with `docker login`.',
    },
    { ...image, image: 'lab:2', servers: 0, here: false, size: null, pulling: 42 },
  ];
  const saved: EnvironmentProps = {
    id: '3f9c',
    name: 'With R and maps',
    description: 'R 4.5, sf, terra, and what the course of spring needs',
    user: 'ana',
    whom: { kind: 'owner' },
    size: 5.3 * GIB,
    created: now - 30 * HOUR,
    remove: '/hub/environments/remove/3f9c',
  };
  const environments = {
    rows: [
      saved,
      { ...saved, id: 'x', name: 'For the class', whom: { kind: 'group', group: 'class' } } as const,
    ],
    save: '/hub/environments/save',
    have: 1,
    notice: null,
    error: null,
    form: { name: '', description: '' },
  };
  const server = { key: 'ana/', label: 'Your server' };
  return {
    'home-over-quota': renderPage(HomeView, { shell, servers: [], live: null, standing, environments: true }),
    'files-own': renderPage(VolumesView, { shell, admin: false, rows: [own], standing, notice: null }),
    'files-none': renderPage(VolumesView, { shell, admin: false, rows: [], standing: null, notice: null }),
    'files-one': renderPage(VolumeView, { shell, row: own, notice: null, error: null }),
    'files-busy': renderPage(VolumeView, {
      shell: boss,
      row: { ...own, inUse: ['jupyter-ana'] },
      notice: null,
      error:
        'The volume jupyterhub-user-ana is not empty. Say that its files may be replaced: they are lost then.',
    }),
    'admin-volumes': renderPage(VolumesView, {
      shell: boss,
      admin: true,
      rows,
      standing: null,
      notice: 'jupyterhub-user-ben was deleted.',
    }),
    'admin-images': renderPage(ImagesView, {
      shell: boss,
      rows: images,
      pull: '/hub/admin/images/pull',
      check: '/hub/admin/images/check',
      notice: null,
    }),
    environments: renderPage(EnvironmentsView, {
      shell,
      ...environments,
      servers: [server],
      groups: null,
      limit: 3,
    }),
    'environments-admin': renderPage(EnvironmentsView, {
      shell: boss,
      ...environments,
      servers: [server, { key: 'ben/gpu', label: 'ben’s server gpu' }],
      groups: ['class', 'teachers'],
      limit: null,
      notice: 'Saved: choose it at the next start.',
    }),
    'environments-none': renderPage(EnvironmentsView, {
      shell,
      ...environments,
      rows: [],
      servers: [],
      groups: null,
      limit: 3,
    }),
  };
}
