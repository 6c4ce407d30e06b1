import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '../e2e/stack.ts';
import { must } from '../prove/shell.ts';
import { dockerOf } from './load-stack.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What a run's figures belong to. */
export interface RunConditions {
  /** Of its beginning, UTC, to the minute. */
  readonly date: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly engine: string;
  readonly node: string;
  readonly commit: string;
  /** What people's browsers speak to first; `none`: Berth's proxy. */
  readonly front: string;
  /** Load of the machine before it began. */
  readonly loadBefore: number;
}

/** To be asked when the stack is up and nobody has come yet. @throws Error when the engine or git does not tell. */
export async function runConditions(stack: Stack, front: string): Promise<RunConditions> {
  const format = '{{.ServerVersion}}, {{.Driver}}, cgroup v{{.CgroupVersion}}';
  const loadBefore = loadavg()[0] ?? 0;
  return {
    date: new Date().toISOString().slice(0, 16),
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    engine: await dockerOf(stack)('info', '--format', format),
    node: process.version,
    commit: await must(ROOT, ['git', 'rev-parse', '--short', 'HEAD']),
    front,
    loadBefore,
  };
}

/** The rows of a page's table that say them. */
export const conditionRows = (
  on: RunConditions,
): string => `| machine | ${on.cores} cores (${on.processor}), ${on.memoryGb} GB of memory |
| engine | Docker ${on.engine} |
| Node | ${on.node} |
| load of the machine before | ${on.loadBefore.toFixed(2)} |`;
