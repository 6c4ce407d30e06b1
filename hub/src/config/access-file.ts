import { z } from 'zod';
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
const file = z.strictObject({
  loadRoles: z.record(z.string(), role).default({}),
  services: z.record(z.string(), service).default({}),
});

/**
 * Reads `{"loadRoles": {name: …}, "services": {name: …}}`, the way a z2jh `config.yaml` has them under `hub`.
 *
 * @throws Error with the place of the fault.
 */
export function parseAccess(text: string, path: string): Access {
  const read = file.safeParse(parse(text, path));
  if (!read.success) {
    const first = read.error.issues[0];
    throw new Error(`${path}: ${first?.path.join('.')}: ${first?.message}`);
  }
  const { loadRoles, services } = read.data;
  return {
    roles: Object.entries(loadRoles).map(([key, value]) => ({ ...value, name: value.name ?? key })),
    services: Object.entries(services).map(([key, value]) => ({
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
  };
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
