import { z } from 'zod';
import { jsonFault } from '../domain/json-fault.ts';
import type { Role } from '../domain/role.ts';
import type { ServiceSpec } from '../domain/service.ts';

/** Roles and services of the configuration. */
export interface Access {
  readonly roles: readonly Role[];
  readonly services: readonly ServiceSpec[];
}

const names = z.array(z.string()).default([]);
const role = z.strictObject({
  name: z.string().optional(),
  description: z.string().default(''),
  scopes: names,
  users: names,
  groups: names,
  services: names,
});
const service = z.strictObject({
  name: z.string().optional(),
  admin: z.boolean().optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  // z2jh writes apiToken, JupyterHub api_token.
  apiToken: z.string().min(16).optional(),
  api_token: z.string().min(16).optional(),
  oauth_client_id: z.string().startsWith('service-').optional(),
  oauth_redirect_uri: z.string().optional(),
  oauth_client_allowed_scopes: z.array(z.string()).optional(),
  oauth_no_confirm: z.boolean().optional(),
  info: z.record(z.string(), z.unknown()).optional(),
  display: z.boolean().optional(),
});

/**
 * Roles, the way z2jh writes them under `hub.loadRoles` (by name), or JupyterHub as `load_roles` (a list with names).
 * A string is JSON of the same.
 */
export const roles = byName(role).transform((found): readonly Role[] =>
  Object.entries(found).map(([key, value]) => ({ ...value, name: value.name ?? key })),
);

/** Services, the way z2jh writes them under `hub.services`, or JupyterHub as `services`. A string is JSON. */
export const services = byName(service).transform((found): readonly ServiceSpec[] =>
  Object.entries(found).map(([key, value]) => ({
    name: value.name ?? key,
    admin: value.admin,
    url: value.url,
    apiToken: value.apiToken ?? value.api_token,
    clientId: value.oauth_client_id,
    redirectUri: value.oauth_redirect_uri,
    allowedScopes: value.oauth_client_allowed_scopes,
    trusted: value.oauth_no_confirm,
    info: value.info,
    display: value.display,
  })),
);

const file = z.strictObject({ loadRoles: roles, services });

/**
 * Reads `{"loadRoles": {name: …}, "services": {name: …}}`, the way a z2jh `config.yaml` has them under `hub`.
 *
 * @throws Error with the place of the fault.
 */
export function parseAccess(text: string, path: string): Access {
  const read = file.safeParse(parse(text, path));
  if (!read.success) {
    const first = read.error.issues[0];
    throw new Error(`${path}: ${first?.path.join('.').slice(0, 200)}: ${first?.message.slice(0, 500)}`);
  }
  return { roles: read.data.loadRoles, services: read.data.services };
}

/** A mapping by name; a list whose items have names is one too, and so is JSON of either. */
function byName<Item extends z.ZodType>(item: Item) {
  return z
    .preprocess(mappingByName, z.record(z.string(), item, { error: 'should be a mapping by name' }))
    .meta({ type: ['object', 'array', 'string'] });
}

function mappingByName(given: unknown): unknown {
  if (given === undefined || given === null || given === '') return {};
  if (typeof given === 'string') return jsonOf(given) === null ? null : mappingByName(jsonOf(given));
  if (!Array.isArray(given)) return given;
  return Object.fromEntries(given.map((item, index) => [nameIn(item) ?? String(index), item]));
}

function nameIn(item: unknown): string | null {
  const named = typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string';
  return named ? String(item.name) : null;
}

/** What JSON says, or null: the mapping that is then missing is told. */
function jsonOf(text: string): unknown {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'string' ? null : read;
  } catch {
    return null;
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${jsonFault(error)}`);
  }
}
