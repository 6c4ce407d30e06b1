import { z } from 'zod';
import type { Engine } from './engine.ts';

const version = z.looseObject({ Version: z.string(), ApiVersion: z.string() });
const info = z.looseObject({
  Driver: z.string(),
  MemTotal: z.number(),
  NCPU: z.number(),
  MemoryLimit: z.boolean().optional(),
  CpuCfsQuota: z.boolean().optional(),
  PidsLimit: z.boolean().optional(),
  CgroupVersion: z.string().optional(),
  SystemTime: z.string().optional(),
  LiveRestoreEnabled: z.boolean().optional(),
});

/** What the doctor wants to know of the engine. */
export interface EngineFacts {
  readonly version: string;
  readonly api: string;
  readonly storageDriver: string;
  readonly memory: number;
  /** Which limits its kernel cannot enforce. */
  readonly without: readonly string[];
  readonly cgroup: string;
  /** Milliseconds that its clock is ahead of ours, as far as the question's own duration lets say; null: not told. */
  readonly ahead: number | null;
}

/** @throws Problem SPAWN-150 when it does not answer. */
export async function readEngineFacts(engine: Engine): Promise<EngineFacts> {
  const { docker } = engine;
  const { Version, ApiVersion } = version.parse(await engine.look(() => docker.version()));
  const before = Date.now();
  const told = info.parse(await engine.look(() => docker.info()));
  const after = Date.now();
  const limits = { memory: told.MemoryLimit, cpu: told.CpuCfsQuota, processes: told.PidsLimit };
  return {
    version: Version,
    api: ApiVersion,
    storageDriver: told.Driver,
    memory: told.MemTotal,
    without: Object.entries(limits).flatMap(([name, can]) => (can === false ? [name] : [])),
    cgroup: told.CgroupVersion ?? '1',
    ahead: told.SystemTime === undefined ? null : aheadOf(Date.parse(told.SystemTime), before, after),
  };
}

/** Zero when the engine's time lies between asking and being told. */
function aheadOf(there: number, before: number, after: number): number {
  if (there > after) return there - after;
  return there < before ? there - before : 0;
}
