import type { SpawnSettings } from '../src/domain/settings.ts';

/** Settings of a hub behind a base path, with every limit set. */
export const SPAWN_SETTINGS: SpawnSettings = {
  image: 'berth-notebook-minimal:latest',
  command: null,
  notebookDir: '/home/jovyan/work',
  volumeDir: '/home/jovyan/work',
  network: 'jupyterhub-network',
  volumeTemplate: 'jupyterhub-user-{username}',
  defaultUrl: '/lab',
  port: 8888,
  memory: 2 * 1024 ** 3,
  cpus: 2,
  pids: 1024,
  shmSize: 64 * 1024 ** 2,
  pullTimeout: 600_000,
  startTimeout: 60_000,
  httpTimeout: 60_000,
  stopGraceSeconds: 10,
  hubApiUrl: 'http://jupyterhub:8081/jhub/hub/api',
  baseUrl: '/jhub/',
  publicOrigin: 'https://lab.example.org',
  instance: 'berth',
};
