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
    ...groupFaults(settings),
  ];
}

/** As OAuthenticator has it: groups that nobody takes over from the provider let nobody in. */
function groupFaults({ manageGroups, allowedGroups, adminGroups }: Settings): readonly Fault[] {
  if (manageGroups) return [];
  return [['ALLOWED_GROUPS', allowedGroups] as const, ['ADMIN_GROUPS', adminGroups] as const]
    .filter(([, groups]) => groups.length > 0)
    .map(([env]) => ({
      env,
      reason: 'needs MANAGE_GROUPS=true: without it nobody’s groups come from the provider',
    }));
}

function sharedPasswordFaults({ sharedUserPassword, sharedAdminPassword }: Settings): readonly Fault[] {
  if (sharedUserPassword === null && sharedAdminPassword === null) return [unnamed('SHARED_USER_PASSWORD')];
  if (sharedUserPassword !== sharedAdminPassword) return [];
  return [{ env: 'SHARED_ADMIN_PASSWORD', reason: 'must differ from SHARED_USER_PASSWORD' }];
}

function unnamed(env: string): Fault {
  return { env, reason: `is missing, and AUTHENTICATOR_CLASS names what cannot do without ${env}` };
}
