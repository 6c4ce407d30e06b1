import type { LoadRun } from './class-load.ts';
import { fellShort } from './fell-short.ts';

const ms = (value: number | null): string => (value === null ? '-' : value.toFixed(0));

/** A run in lines for a terminal. */
export function say(run: LoadRun): string {
  const { size, acts, served, saves, samples, words } = run;
  const rows = acts.map(({ act, done, failed, p50, p95, p99 }) => {
    const why = Object.entries(failed).map(([code, times]) => `${code} ×${times}`);
    return `${act.padEnd(24)} ${String(done).padStart(6)} ${ms(p50).padStart(8)} ${ms(p95).padStart(8)} ${ms(p99).padStart(8)}  ${why.join(', ') || '-'}`;
  });
  const highest = (of: (sample: LoadRun['samples'][number]) => number) =>
    samples.reduce((most, sample) => Math.max(most, of(sample)), 0);
  return [
    `${size.people} people (${size.labs} with JupyterLab) within ${size.minutes} min, seed ${size.seed}`,
    `${'act'.padEnd(24)}   done      p50      p95      p99  failed (ms)`,
    ...rows,
    `hub: at most ${highest(({ memory }) => memory.hub).toFixed(0)} MB, ${highest(({ files }) => files.hub)} files; proxy: ${highest(({ memory }) => memory.proxy).toFixed(0)} MB, ${highest(({ files }) => files.proxy)} files`,
    `${served} of ${size.people} ran cells; ${saves} saves acknowledged; ${fellShort(run).join('; ') || 'nothing lost, nothing failed'}`,
    ...words,
  ].join('\n');
}
