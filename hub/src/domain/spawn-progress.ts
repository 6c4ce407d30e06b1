import type { PullProgress } from './containers.ts';
import type { ServerState } from './server.ts';

/** Where each step of a start begins on the way from 0 to 100. The download has the widest span. */
const FROM: Readonly<Partial<Record<ServerState, number>>> = {
  queued: 0,
  pulling: 5,
  creating: 60,
  starting: 70,
  waiting: 75,
  ready: 100,
  frozen: 100,
  failed: 100,
  stopping: 100,
  stopped: 100,
};

/** Percent at which a state begins. */
export function percentOf(state: ServerState): number {
  return FROM[state] ?? 0;
}

/** Percent and words of a running download. */
export function pullStep(image: string, progress: PullProgress): { percent: number; message: string } {
  const from = percentOf('pulling');
  const span = percentOf('creating') - from;
  const share = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  const amount =
    progress.total > 0 ? `: ${formatBytes(progress.done)} of ${formatBytes(progress.total)}` : '';
  return { percent: Math.round(from + span * share), message: `Downloading ${image}${amount}` };
}

/** Percent while waiting for the first answer: nears the end without reaching it. */
export function waitPercent(waitedMs: number, typicalMs = 8_000): number {
  const from = percentOf('waiting');
  return Math.round(from + (98 - from) * (1 - Math.exp(-waitedMs / typicalMs)));
}

/** `1.9 GB`, in the decimal units in which registries and disks are sold. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `2 GiB`: limits are written in binary units, so that `2G` comes back as it went in. */
export function formatLimit(bytes: number | null): string {
  if (bytes === null) return 'the whole machine';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit]}`;
}
