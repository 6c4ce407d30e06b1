import { z } from 'zod';

// What the API answers. Fields that the caller may not read are absent, so nearly all may be missing.

const time = z.string().describe('UTC, `2026-11-21T08:41:11.537000Z`');
const strings = z.array(z.string());
const anything = z.record(z.string(), z.unknown());

const server = z.object({
  name: z.string().describe('Empty for the default server'),
  full_name: z.string(),
  last_activity: time.nullable(),
  started: time.nullable(),
  pending: z.enum(['spawn', 'stop']).nullable(),
  ready: z.boolean(),
  stopped: z.boolean(),
  url: z.string(),
  user_options: anything.nullable(),
  progress_url: z.string(),
  full_url: z.string().nullable(),
  full_progress_url: z.string().nullable(),
  state: anything.nullable().optional().describe('With admin:server_state only'),
});

const user = z.object({
  kind: z.literal('user'),
  name: z.string(),
  admin: z.boolean().optional(),
  roles: strings.optional(),
  groups: strings.optional(),
  server: z.string().nullable().optional().describe('Address of the default server while it is ready'),
  pending: z.enum(['spawn', 'stop']).nullable().optional(),
  created: time.optional(),
  last_activity: time.nullable().optional(),
  servers: z.record(z.string(), server).optional(),
  auth_state: anything.nullable().optional().describe('With admin:auth_state and enable_auth_state only'),
});

const token = z.object({
  user: z.string(),
  id: z.string(),
  kind: z.literal('api_token'),
  roles: strings.describe('Deprecated, always empty'),
  scopes: strings,
  created: time,
  last_activity: time.nullable(),
  expires_at: time.nullable(),
  note: z.string(),
  session_id: z.string().nullable(),
  oauth_client: z.string(),
});

const group = z.object({
  kind: z.literal('group'),
  name: z.string(),
  users: strings.optional(),
  roles: strings.optional(),
  properties: anything.optional(),
});

const service = z.object({
  kind: z.literal('service'),
  name: z.string(),
  admin: z.boolean().optional(),
  roles: strings.optional(),
  url: z.string().optional(),
  prefix: z.string().optional(),
  command: strings.optional(),
  pid: z.int().optional(),
  info: anything.optional(),
  display: z.boolean().optional(),
});

const route = z.object({ routespec: z.string(), target: z.string(), data: anything });
const classOf = z.object({ class: z.string(), version: z.string() });
const identity = { token_id: z.string().nullable(), session_id: z.string().nullable(), scopes: strings };

const volume = z.object({
  name: z.string(),
  kind: z.enum(['user', 'shared']),
  user: z.string().nullable(),
  account: z.boolean().describe('Whether there is an account of that name'),
  size: z.int().nullable().describe('Bytes, as last measured'),
  measured: time.nullable(),
  last_use: time.nullable(),
  created: time.nullable(),
  servers: strings.describe('Servers that have it, or are about to; the empty name is the default one'),
  containers: strings,
  doing: z.enum(['restored', 'deleted']).nullable(),
});

const image = z.object({
  image: z.string(),
  used_by: strings,
  servers: z.int(),
  here: z.boolean(),
  size: z.int().nullable(),
  created: time.nullable(),
  state: z.enum(['current', 'newer', 'unknown']),
  checked: time.nullable(),
  trouble: z.string().nullable(),
  pulling: z.number().nullable().describe('Percent of a download that is under way'),
  machines: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        state: z.enum(['waiting', 'fetching', 'there', 'failed', 'skipped']),
        detail: z.string(),
      }),
    )
    .nullable()
    .describe('What each machine of a cluster said; null on one machine'),
});

const environment = z.object({
  id: z.string(),
  profile: z.string(),
  name: z.string(),
  description: z.string(),
  user: z.string(),
  by: z.string(),
  for: z.enum(['owner', 'group', 'everyone']),
  group: z.string().nullable(),
  image: z.string(),
  base: z.string(),
  size: z.int(),
  created: time,
});

const shared = z.object({
  user: z.object({ name: z.string() }),
  name: z.string(),
  url: z.string(),
  full_url: z.string().nullable(),
  ready: z.boolean(),
});

const share = z.object({
  server: shared,
  scopes: strings,
  user: z.object({ name: z.string() }).nullable(),
  group: z.object({ name: z.string() }).nullable(),
  kind: z.enum(['user', 'group', 'everyone']),
  created_at: time,
  expires_at: time.optional().describe('When it has an end'),
});

const shareCode = z.object({
  server: shared,
  scopes: strings,
  id: z.string(),
  created_at: time,
  expires_at: time,
  exchange_count: z.int(),
  last_exchanged_at: time.nullable(),
  share_expires_at: time.optional().describe('When what is got through it has an end'),
});

/** A bare list, or with `Accept: application/jupyterhub-pagination+json` the list and the way on. */
const machine = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['ready', 'paused', 'draining', 'away', 'gone']),
  manager: z.boolean(),
  memory: z.int(),
  cpus: z.number(),
  servers: z.int(),
  volumes: z.int(),
  promised: z.object({ memory: z.number(), cpus: z.number() }),
  emptied: time.nullable().describe('When its servers are ended'),
});

function paged<Items extends z.ZodType>(items: Items) {
  return z.union([items, alwaysPaged(items)]);
}

function alwaysPaged<Items extends z.ZodType>(items: Items) {
  const next = z.object({ offset: z.int(), limit: z.int(), url: z.string() });
  const pagination = z.object({ offset: z.int(), limit: z.int(), total: z.int(), next: next.nullable() });
  return z.object({ items, _pagination: pagination });
}

/** By the names that endpoints give them. */
export const MODELS = {
  Version: z.object({ version: z.string() }),
  Info: z.object({
    version: z.string(),
    python: z.string(),
    sys_executable: z.string(),
    spawner: classOf,
    authenticator: classOf,
  }),
  Identity: z.union([user.extend(identity), service.extend(identity)]),
  User: user,
  Users: z.array(user),
  UserList: paged(z.array(user)),
  Owner: z.union([user, service]),
  Token: token,
  NewToken: token.extend({ token: z.string().describe('The token itself, this once') }),
  TokenList: z.object({ api_tokens: z.array(token) }),
  Group: group,
  Groups: z.array(group),
  GroupList: paged(z.array(group)),
  Service: service,
  Services: z.record(z.string(), service),
  Share: share,
  ShareLeft: z.union([share, z.object({})]),
  ShareList: alwaysPaged(z.array(share)),
  ShareCodeList: alwaysPaged(z.array(shareCode)),
  NewShareCode: shareCode.extend({
    code: z.string().describe('The code itself, this once'),
    accept_url: z.string(),
    full_accept_url: z.string().nullable(),
  }),
  Routes: paged(z.record(z.string(), route)),
  Message: z.object({ message: z.string() }),
  Rest: z.object({
    keep_until: time.nullable(),
    freezes_at: time.nullable(),
    stops_at: time.nullable(),
    why: z.enum(['idle', 'aged']).nullable(),
    frozen: z.boolean(),
  }),
  OAuthToken: z.object({
    access_token: z.string(),
    expires_in: z.int(),
    token_type: z.literal('Bearer'),
    scope: z.string(),
  }),
  OAuthError: z.object({ error: z.string(), error_description: z.string().optional() }),
  Volumes: z.array(volume),
  Images: z.array(image),
  Machines: z.array(machine),
  VolumesMoved: z.object({ volumes: z.int() }),
  ImageState: z.object({ image: z.string(), state: z.enum(['current', 'newer', 'unknown']) }),
  Environments: z.array(environment),
  Environment: environment,
  Description: anything,
  Error: z.object({
    status: z.int(),
    message: z.string(),
    code: z.string().optional().describe("Of this hub's catalogue, where JupyterHub has no sentence"),
  }),
} as const;

export type ModelName = keyof typeof MODELS;
