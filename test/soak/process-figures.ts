import { readdirSync, readFileSync } from 'node:fs';

export const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

export const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Medians of the first, second and last third. */
export function thirds(samples: readonly number[]): number[] {
  const size = Math.max(1, Math.floor(samples.length / 3));
  return [0, 1, 2].map((third) => {
    const part = samples.slice(third * size, (third + 1) * size).toSorted((a, b) => a - b);
    return part[Math.floor(part.length / 2)] ?? Number.NaN;
  });
}
