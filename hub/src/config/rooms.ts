import type { CullSettings, SpawnSettings } from '../domain/settings.ts';
import { hubConnectUrl } from './addresses.ts';
import type { Settings } from './settings.ts';

/** Port on which notebook servers listen inside their containers. */
const NOTEBOOK_PORT = 8888;
const STOP_GRACE_SECONDS = 10;

/** Scheme and host of the public address, or the empty string. */
export function publicOrigin(settings: Settings): string {
  return settings.publicUrl === null ? '' : new URL(settings.publicUrl).origin;
}

export function spawnSettings(settings: Settings): SpawnSettings {
  const {
    image,
    notebookDir,
    network,
    volumeTemplate,
    defaultUrl,
    memory,
    cpus,
    pids,
    shmSize,
    baseUrl,
    instance,
  } = settings;
  return {
    image,
    notebookDir,
    network,
    volumeTemplate,
    defaultUrl,
    memory,
    cpus,
    pids,
    shmSize,
    baseUrl,
    instance,
    command: settings.spawnCommand,
    port: NOTEBOOK_PORT,
    pullTimeout: settings.pullTimeout * 1000,
    startTimeout: settings.startTimeout * 1000,
    httpTimeout: settings.httpTimeout * 1000,
    volumeDir: settings.homeStorage === 'none' ? null : (settings.volumeDir ?? volumeDirOf(notebookDir)),
    stopGraceSeconds: STOP_GRACE_SECONDS,
    hubApiUrl: `${hubConnectUrl(settings)}${baseUrl}hub/api`,
    publicOrigin: publicOrigin(settings),
  };
}

/** A volume on a folder of the home; else, on the home itself. */
function volumeDirOf(notebookDir: string): string {
  return notebookDir.startsWith('/') ? notebookDir : '/home/jovyan';
}

export function cullSettings(settings: Settings): CullSettings {
  return {
    enabled: settings.cullEnabled,
    timeout: settings.cullTimeout,
    every: settings.cullEvery,
    busyCores: settings.cullBusyCores,
  };
}
