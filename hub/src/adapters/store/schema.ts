import { z } from 'zod';

// The document as it lies on the disk. Read back strictly: a hand-made mistake stops the start with its
// place, rather than being carried along or, worse, written over.

const when = z.number().int().nonnegative();
const name = z.string().min(1).max(64);
const words = z.array(z.string());

const user = z.strictObject({
  name,
  admin: z.boolean(),
  groups: words,
  created: when,
  lastActivity: when.nullable(),
  identities: z.record(z.string(), z.string()),
  invited: z.boolean(),
  vouched: z.record(z.string(), when).optional(),
});

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

const server = z.strictObject({
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

const volumeHome = z.strictObject({
  volume: z.string(),
  machine: z.string(),
  machineName: z.string(),
  since: when,
});

const session = z.strictObject({
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

const token = z.strictObject({
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

const client = z.strictObject({
  id: z.string(),
  secretHash: z.string(),
  redirectUri: z.string(),
  user: name,
  server: z.string(),
  allowedScopes: words,
  description: z.string(),
});

const code = z.strictObject({
  hash: z.string(),
  clientId: z.string(),
  redirectUri: z.string(),
  user: name,
  scopes: words,
  sessionId: z.string(),
  created: when,
  challenge: z.string().nullable(),
});

const secondFactor = z.strictObject({
  sealed: z.string(),
  lastStep: z.number().int(),
  recovery: words,
  since: when,
});

const credential = z.strictObject({
  user: name,
  hash: z.string(),
  changed: when,
  secondFactor: secondFactor.nullable(),
});

const signUp = z.strictObject({ name, hash: z.string(), created: when, address: z.string() });

const invitation = z.strictObject({
  hash: z.string(),
  user: name.nullable(),
  admin: z.boolean(),
  created: when,
  expires: when,
});

const group = z.strictObject({
  name: z.string(),
  properties: z.record(z.string(), z.unknown()),
  created: when,
});

const service = z.strictObject({
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

const departure = z.strictObject({
  user: name,
  at: when,
  why: z.enum(['lists', 'provider', 'removed']),
  volumes: words,
  owners: z.record(z.string(), z.string()).optional(),
});

const environment = z.strictObject({
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

const scheduleRun = z.strictObject({
  name: z.string(),
  at: when,
  stoppedAt: when.nullable(),
  started: z.number().int(),
  running: z.number().int(),
  failed: z.number().int(),
});

const announcement = z.strictObject({
  id: z.string(),
  text: z.string(),
  level: z.enum(['info', 'warning', 'urgent']),
  place: z.enum(['login', 'home', 'spawn', 'logout']).nullable(),
  created: when,
  by: z.string(),
  ends: when.nullable(),
});

const share = z.strictObject({
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

const shareCode = z.strictObject({
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

export const SCHEMA_VERSION = 5;

/** Every table as a list; which field is its key stands in {@link tables}. */
export const documentSchema = z.strictObject({
  schema: z.literal(SCHEMA_VERSION),
  users: z.array(user),
  servers: z.array(server),
  sessions: z.array(session),
  tokens: z.array(token),
  clients: z.array(client),
  codes: z.array(code),
  credentials: z.array(credential),
  signUps: z.array(signUp),
  invitations: z.array(invitation),
  groups: z.array(group),
  services: z.array(service),
  departures: z.array(departure),
  announcements: z.array(announcement),
  scheduleRuns: z.array(scheduleRun),
  environments: z.array(environment),
  shares: z.array(share),
  shareCodes: z.array(shareCode),
  volumeHomes: z.array(volumeHome),
});

export type StoreDocument = z.infer<typeof documentSchema>;

export function emptyDocument(): StoreDocument {
  return {
    schema: SCHEMA_VERSION,
    users: [],
    servers: [],
    sessions: [],
    tokens: [],
    clients: [],
    codes: [],
    credentials: [],
    signUps: [],
    invitations: [],
    groups: [],
    services: [],
    departures: [],
    announcements: [],
    scheduleRuns: [],
    environments: [],
    shares: [],
    shareCodes: [],
    volumeHomes: [],
  };
}
