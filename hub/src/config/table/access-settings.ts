import { roles, services } from '../access-file.ts';
import { flag, optionalNumber, optionalText, setting } from '../setting.ts';

/** Roles, services and tokens. */
export const ACCESS_SETTINGS = {
  maxTokenSeconds: setting({
    env: 'TOKEN_EXPIRES_IN_MAX_SECONDS',
    trait: 'JupyterHub.token_expires_in_max_seconds',
    doc: 'Longest life of an API token, in seconds. Empty: as long as its owner likes.',
    type: optionalNumber(1, 315_360_000),
  }),
  allowSharing: setting({
    env: 'ALLOW_SHARING',
    doc: 'Let everybody share their own servers with others, by name, with a group or with everyone who can sign in: on a notebook server those can do all that its owner can. JupyterHub’s way is a role with `shares!user`, `read:users:name` and `read:groups:name`, which this gives to all. Administrators always may.',
    type: flag,
    fallback: 'false',
    reload: true,
  }),
  accessFile: setting({
    env: 'ACCESS_FILE',
    doc: 'JSON file with `loadRoles` and `services`, as they stand in a z2jh `config.yaml` under `hub`, beside those of the two below. Keep it as secret as the tokens in it.',
    type: optionalText,
  }),
  loadRoles: setting({
    env: 'LOAD_ROLES',
    trait: ['hub.loadRoles', 'JupyterHub.load_roles'],
    doc: 'Roles by name: `description`, `scopes`, and the `users`, `groups` and `services` that have them.',
    type: roles,
    reload: true,
  }),
  services: setting({
    env: 'HUB_SERVICES',
    trait: ['hub.services', 'JupyterHub.services'],
    doc: 'Services by name: `apiToken`, `url`, `admin`, `oauth_client_id`, `oauth_redirect_uri`, `oauth_client_allowed_scopes`, `oauth_no_confirm`, `info`, `display`. They run by themselves; the hub starts none.',
    type: services,
    secret: true,
    reload: true,
  }),
} as const;
