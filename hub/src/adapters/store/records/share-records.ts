import { z } from 'zod';
import { name, when, words } from './fields.ts';

// What people share of their servers.

export const shareRecord = z.strictObject({
  owner: name,
  server: z.string(),
  to: z.union([
    z.strictObject({ kind: z.enum(['user', 'group']), name: z.string().min(1) }),
    z.strictObject({ kind: z.literal('everyone'), name: z.literal('') }),
  ]),
  scopes: words,
  created: when,
  expires: when.nullable(),
  by: z.string(),
});

export const shareCodeRecord = z.strictObject({
  hash: z.string(),
  id: z.string(),
  owner: name,
  server: z.string(),
  scopes: words,
  created: when,
  expires: when,
  shareExpires: when.nullable(),
  exchangeCount: z.number().int().nonnegative(),
  lastExchanged: when.nullable(),
  by: z.string(),
});
