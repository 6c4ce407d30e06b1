import { z } from 'zod';
import { name, when, words } from './fields.ts';

// Servers, and what their schedules last did.

const stopReason = z.strictObject({
  at: when,
  why: z.enum([
    'user',
    'admin',
    'idle',
    'aged',
    'schedule',
    'died',
    'removed',
    'user-removed',
    'hub',
    'away',
    'drained',
  ]),
  detail: z.string(),
});

const failure = z.strictObject({
  at: when,
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
  detail: z.string(),
  exitCode: z.number().int().nullable(),
  outOfMemory: z.boolean(),
  log: words,
});

const grant = z.strictObject({
  memory: z.number().nullable(),
  cpus: z.number().nullable(),
  memoryGuarantee: z.number(),
  cpuGuarantee: z.number(),
  gpus: words,
});

const web = z.strictObject({
  port: z.number().int(),
  healthPath: z.string(),
  stripPrefix: z.boolean(),
  tokenHeader: z.strictObject({ name: z.string(), variable: z.string() }).nullable(),
});

const moved = z.strictObject({ at: when, from: z.string(), why: z.enum(['away', 'drained']) });

export const serverRecord = z.strictObject({
  user: name,
  name: z.string(),
  state: z.enum([
    'stopped',
    'queued',
    'pulling',
    'creating',
    'starting',
    'waiting',
    'ready',
    'frozen',
    'stopping',
    'failed',
  ]),
  generation: z.number().int().nonnegative(),
  started: when.nullable(),
  lastActivity: when.nullable(),
  options: z.record(z.string(), z.unknown()),
  web: web.nullable(),
  image: z.string().nullable(),
  containerId: z.string().nullable(),
  containerName: z.string().nullable(),
  volumeName: z.string().nullable(),
  target: z.string().nullable(),
  keepUntil: when.nullable(),
  lastPersonal: when.nullable(),
  schedule: z.string().nullable(),
  grant: grant.nullable(),
  stopReason: stopReason.nullable(),
  failure: failure.nullable(),
  moved: moved.nullable(),
});

export const scheduleRunRecord = z.strictObject({
  name: z.string(),
  at: when,
  stoppedAt: when.nullable(),
  started: z.number().int(),
  running: z.number().int(),
  failed: z.number().int(),
});
