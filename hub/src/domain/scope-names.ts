/** A scope of the vocabulary: what it says on the confirm page, and what it brings along. */
interface ScopeKind {
  readonly description: string;
  readonly brings?: readonly string[];
}

/**
 * The scopes of JupyterHub 5 (contract §5.1). All are known from the start, so that a token that names one
 * is never refused for a word; the sharing scopes give nothing yet but may be held.
 */
const SCOPES: ReadonlyMap<string, ScopeKind> = new Map(
  Object.entries({
    '(no_scope)': { description: 'See who you are' },
    self: { description: 'Everything of your own' },
    inherit: { description: 'Everything that you may do' },
    'admin-ui': { description: 'Open the admin page' },
    'admin:users': {
      description: 'Create, read, change and remove accounts',
      brings: ['admin:auth_state', 'users', 'read:roles:users', 'delete:users'],
    },
    'admin:auth_state': { description: 'Read what the sign-in provider said about people' },
    users: {
      description: 'Read and change accounts',
      brings: ['read:users', 'list:users', 'users:activity'],
    },
    'delete:users': { description: 'Remove accounts' },
    'list:users': { description: 'List accounts by name', brings: ['read:users:name'] },
    'read:users': {
      description: 'Read accounts',
      brings: ['read:users:name', 'read:users:groups', 'read:users:activity'],
    },
    'read:users:name': { description: 'Read names of people' },
    'read:users:groups': { description: 'Read which groups people are in' },
    'read:users:activity': { description: 'Read when people were last active' },
    'read:roles': {
      description: 'Read who has which role',
      brings: ['read:roles:users', 'read:roles:services', 'read:roles:groups'],
    },
    'read:roles:users': { description: 'Read the roles of people' },
    'read:roles:services': { description: 'Read the roles of services' },
    'read:roles:groups': { description: 'Read the roles of groups' },
    'users:activity': { description: 'Report activity of people', brings: ['read:users:activity'] },
    'admin:servers': {
      description: 'Start, stop, create and remove servers and read their state',
      brings: ['admin:server_state', 'servers'],
    },
    'admin:server_state': { description: 'Read the inner state of servers' },
    servers: { description: 'Start and stop servers', brings: ['read:servers', 'delete:servers'] },
    'read:servers': { description: 'Read names of people and their servers', brings: ['read:users:name'] },
    'delete:servers': { description: 'Stop and remove servers' },
    tokens: { description: 'Create, read and revoke tokens', brings: ['read:tokens'] },
    'read:tokens': { description: 'Read which tokens there are' },
    'admin:groups': {
      description: 'Create, read, change and remove groups',
      brings: ['groups', 'read:roles:groups', 'delete:groups'],
    },
    groups: { description: 'Read groups and change their members', brings: ['read:groups', 'list:groups'] },
    'list:groups': { description: 'List groups by name', brings: ['read:groups:name'] },
    'read:groups': { description: 'Read groups', brings: ['read:groups:name'] },
    'read:groups:name': { description: 'Read names of groups' },
    'delete:groups': { description: 'Remove groups' },
    'admin:services': {
      description: 'Create, read and remove services',
      brings: ['list:services', 'read:services', 'read:roles:services'],
    },
    'list:services': { description: 'List services by name', brings: ['read:services:name'] },
    'read:services': { description: 'Read services', brings: ['read:services:name'] },
    'read:services:name': { description: 'Read names of services' },
    'read:hub': { description: 'Read details of the hub' },
    'access:servers': { description: 'Open servers, in the browser or through their API' },
    'access:services': { description: 'Open services, in the browser or through their API' },
    'users:shares': { description: 'Read and end what is shared with people', brings: ['read:users:shares'] },
    'read:users:shares': { description: 'Read what is shared with people' },
    'groups:shares': {
      description: 'Read and end what is shared with groups',
      brings: ['read:groups:shares'],
    },
    'read:groups:shares': { description: 'Read what is shared with groups' },
    'read:shares': { description: 'Read which servers are shared' },
    shares: {
      description: 'Share servers',
      brings: ['access:servers', 'read:shares', 'users:shares', 'groups:shares'],
    },
    proxy: { description: 'Read and renew the routing table' },
    shutdown: { description: 'Shut the hub down' },
    'read:metrics': { description: 'Read the metrics' },
  } satisfies Record<string, ScopeKind>),
);

// Contract §5.1. They mean something to services only; the hub passes them on.
const CUSTOM = /^custom:[a-z0-9][a-z0-9_\-*:]+[a-z0-9_*]$/;

/** Whether a scope of this name, without filter, exists. */
export function isScopeName(name: string): boolean {
  return SCOPES.has(name) || CUSTOM.test(name);
}

/** One sentence for the confirm page. */
export function describeScope(name: string): string {
  return SCOPES.get(name)?.description ?? name;
}

const expansions = new Map<string, readonly string[]>();

/** The scope itself and all that it brings along, at any depth. */
export function withSubscopes(name: string): readonly string[] {
  const known = expansions.get(name);
  if (known !== undefined) return known;
  const all = new Set([name]);
  for (const sub of SCOPES.get(name)?.brings ?? []) {
    for (const deeper of withSubscopes(sub)) all.add(deeper);
  }
  const list = [...all];
  // Custom scopes come from requests: remembering them would let strangers fill the memory.
  if (SCOPES.has(name)) expansions.set(name, list);
  return list;
}
