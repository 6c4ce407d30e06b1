import { z } from 'zod';
import { name, when, words } from './fields.ts';

// People and groups, and how people come in and go.

const secondFactor = z.strictObject({
  sealed: z.string(),
  lastStep: z.number().int(),
  recovery: words,
  since: when,
});

export const userRecord = z.strictObject({
  name,
  admin: z.boolean(),
  groups: words,
  created: when,
  lastActivity: when.nullable(),
  identities: z.record(z.string(), z.string()),
  invited: z.boolean(),
  vouched: z.record(z.string(), when).optional(),
});

export const groupRecord = z.strictObject({
  name: z.string(),
  properties: z.record(z.string(), z.unknown()),
  created: when,
});

export const sessionRecord = z.strictObject({
  idHash: z.string(),
  user: name,
  sharedId: z.string(),
  provider: z.string(),
  created: when,
  lastSeen: when,
  address: z.string(),
  userAgent: z.string(),
  authState: z.string().nullable(),
  providerSession: z.string().nullable(),
  refreshed: when.optional(),
});

export const credentialRecord = z.strictObject({
  user: name,
  hash: z.string(),
  changed: when,
  secondFactor: secondFactor.nullable(),
});

export const signUpRecord = z.strictObject({ name, hash: z.string(), created: when, address: z.string() });

export const invitationRecord = z.strictObject({
  hash: z.string(),
  user: name.nullable(),
  admin: z.boolean(),
  created: when,
  expires: when,
});

export const departureRecord = z.strictObject({
  user: name,
  at: when,
  why: z.enum(['lists', 'provider', 'removed']),
  volumes: words,
  owners: z.record(z.string(), z.string()).optional(),
});
