import { optionalNumber, optionalText, setting } from '../setting.ts';

/** Roles, services and tokens. */
export const ACCESS_SETTINGS = {
  maxTokenSeconds: setting({
    env: 'TOKEN_EXPIRES_IN_MAX_SECONDS',
    trait: 'JupyterHub.token_expires_in_max_seconds',
    doc: 'Longest life of an API token, in seconds. Empty: as long as its owner likes.',
    type: optionalNumber(1, 315_360_000),
  }),
  accessFile: setting({
    env: 'ACCESS_FILE',
    trait: 'JupyterHub.load_roles',
    doc: 'JSON file with `loadRoles` and `services`, as they stand in a z2jh `config.yaml` under `hub`. Keep it as secret as the tokens in it.',
    type: optionalText,
  }),
} as const;
