import { z } from 'zod';
import { name, when, words } from './fields.ts';

// Tokens, and who asks for them: servers as OAuth clients, and services.

export const tokenRecord = z.strictObject({
  hash: z.string(),
  id: z.string(),
  user: name,
  note: z.string(),
  scopes: words,
  created: when,
  lastActivity: when.nullable(),
  expires: when.nullable(),
  sessionId: z.string().nullable(),
  clientId: z.string().nullable(),
  server: z.string().nullable(),
  former: z.string().optional(),
});

export const clientRecord = z.strictObject({
  id: z.string(),
  secretHash: z.string(),
  redirectUri: z.string(),
  user: name,
  server: z.string(),
  allowedScopes: words,
  description: z.string(),
});

export const codeRecord = z.strictObject({
  hash: z.string(),
  clientId: z.string(),
  redirectUri: z.string(),
  user: name,
  scopes: words,
  sessionId: z.string(),
  created: when,
  challenge: z.string().nullable(),
});

export const serviceRecord = z.strictObject({
  name: z.string(),
  admin: z.boolean(),
  url: z.string().nullable(),
  tokenHash: z.string().nullable(),
  tokenId: z.string(),
  tokenCreated: when,
  lastActivity: when.nullable(),
  clientId: z.string(),
  redirectUri: z.string().nullable(),
  allowedScopes: words,
  trusted: z.boolean(),
  info: z.record(z.string(), z.unknown()),
  display: z.boolean(),
  fromConfig: z.boolean(),
});
