import { cpus, loadavg } from 'node:os';
import type { Crowd } from '../../domain/ports.ts';

/** By the load average: a container sees the whole machine's, not its own. */
export const crowd: Crowd = () => Math.max(1, (loadavg()[0] ?? 0) / cpus().length);
