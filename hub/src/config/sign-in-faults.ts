import type { Settings } from './settings.ts';

interface Fault {
  readonly env: string;
  readonly reason: string;
}

/** Ways of signing in that were named and lack what they cannot do without. */
export function signInFaults(settings: Settings): readonly Fault[] {
  const open = settings.authenticators ?? [];
  return [
    ...(open.includes('shared-password') ? sharedPasswordFaults(settings) : []),
    ...(open.includes('github') && settings.githubClientId === null ? [unnamed('GITHUB_CLIENT_ID')] : []),
    ...(open.includes('generic-oauth') && settings.oauthClientId === null
      ? [unnamed('OAUTH_CLIENT_ID')]
      : []),
  ];
}

function sharedPasswordFaults({ sharedUserPassword, sharedAdminPassword }: Settings): readonly Fault[] {
  if (sharedUserPassword === null && sharedAdminPassword === null) return [unnamed('SHARED_USER_PASSWORD')];
  if (sharedUserPassword !== sharedAdminPassword) return [];
  return [{ env: 'SHARED_ADMIN_PASSWORD', reason: 'must differ from SHARED_USER_PASSWORD' }];
}

function unnamed(env: string): Fault {
  return { env, reason: `is missing, and AUTHENTICATOR_CLASS names what cannot do without ${env}` };
}
