/**
 * The scopes of JupyterHub 5 (contract §5.1), and what each brings along. All are known from the start, so
 * that a token that names one is never refused for a word.
 * What they are called in words stands in the pages' catalogues.
 */
const BRINGS = {
  '(no_scope)': [],
  self: [],
  inherit: [],
  'admin-ui': [],
  'admin:users': ['admin:auth_state', 'users', 'read:roles:users', 'delete:users'],
  'admin:auth_state': [],
  users: ['read:users', 'list:users', 'users:activity'],
  'delete:users': [],
  'list:users': ['read:users:name'],
  'read:users': ['read:users:name', 'read:users:groups', 'read:users:activity'],
  'read:users:name': [],
  'read:users:groups': [],
  'read:users:activity': [],
  'read:roles': ['read:roles:users', 'read:roles:services', 'read:roles:groups'],
  'read:roles:users': [],
  'read:roles:services': [],
  'read:roles:groups': [],
  'users:activity': ['read:users:activity'],
  'admin:servers': ['admin:server_state', 'servers'],
  'admin:server_state': [],
  servers: ['read:servers', 'delete:servers'],
  'read:servers': ['read:users:name'],
  'delete:servers': [],
  tokens: ['read:tokens'],
  'read:tokens': [],
  'admin:groups': ['groups', 'read:roles:groups', 'delete:groups'],
  groups: ['read:groups', 'list:groups'],
  'list:groups': ['read:groups:name'],
  'read:groups': ['read:groups:name'],
  'read:groups:name': [],
  'delete:groups': [],
  'admin:services': ['list:services', 'read:services', 'read:roles:services'],
  'list:services': ['read:services:name'],
  'read:services': ['read:services:name'],
  'read:services:name': [],
  'read:hub': [],
  'access:servers': [],
  'access:services': [],
  'users:shares': ['read:users:shares'],
  'read:users:shares': [],
  'groups:shares': ['read:groups:shares'],
  'read:groups:shares': [],
  'read:shares': [],
  shares: ['access:servers', 'read:shares', 'users:shares', 'groups:shares'],
  proxy: [],
  shutdown: [],
  'read:metrics': [],
} satisfies Record<string, readonly string[]>;

export type ScopeName = keyof typeof BRINGS;

const SCOPES: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(BRINGS));

// Contract §5.1. They mean something to services only; the hub passes them on.
const CUSTOM = /^custom:[a-z0-9][a-z0-9_\-*:]+[a-z0-9_*]$/;

/** Whether it is one of JupyterHub's own, which have words in the catalogues. */
export function isKnownScope(name: string): name is ScopeName {
  return SCOPES.has(name);
}

/** Whether a scope of this name, without filter, exists. */
export function isScopeName(name: string): boolean {
  return SCOPES.has(name) || CUSTOM.test(name);
}

const expansions = new Map<string, readonly string[]>();

/** The scope itself and all that it brings along, at any depth. */
export function withSubscopes(name: string): readonly string[] {
  const known = expansions.get(name);
  if (known !== undefined) return known;
  const all = new Set([name]);
  for (const sub of SCOPES.get(name) ?? []) {
    for (const deeper of withSubscopes(sub)) all.add(deeper);
  }
  const list = [...all];
  // Custom scopes come from requests: remembering them would let strangers fill the memory.
  if (SCOPES.has(name)) expansions.set(name, list);
  return list;
}
