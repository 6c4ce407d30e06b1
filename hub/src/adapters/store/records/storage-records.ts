import { z } from 'zod';
import { name, when } from './fields.ts';

// Saved environments, and where the files of volumes are.

export const environmentRecord = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  user: name,
  by: z.string(),
  audience: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('owner') }),
    z.strictObject({ kind: z.literal('group'), group: z.string() }),
    z.strictObject({ kind: z.literal('everyone') }),
  ]),
  image: z.string(),
  base: z.string(),
  options: z.record(z.string(), z.unknown()),
  created: when,
  size: z.number(),
});

export const volumeHomeRecord = z.strictObject({
  volume: z.string(),
  machine: z.string(),
  machineName: z.string(),
  since: when,
});
