import type { AuthState, Identity } from '../../domain/identity.ts';
import type { GitHubApi, GitHubUser, Organization } from './github-api.ts';

export interface GitHubRules {
  /** `allowed_organizations`; empty: GitHub's word alone lets nobody in. */
  readonly organizations: readonly Organization[];
  /** `populate_teams_in_auth_state`: the person's teams are read, and are their groups. */
  readonly teams: boolean;
}

/** What GitHub is asked to let us see. Membership that is not public needs `read:org`. */
export function scopesOf({ organizations, teams }: GitHubRules): readonly string[] {
  return organizations.length > 0 || teams ? ['read:user', 'read:org'] : ['read:user'];
}

/**
 * Somebody as GitHub and the rules see them now.
 *
 * @throws Problem AUTH-007 when what decides could not be asked: that is neither yes nor no.
 */
export async function identifyPerson(
  api: GitHubApi,
  rules: GitHubRules,
  token: string,
  { id, login }: GitHubUser,
): Promise<Identity> {
  const [admitted, teams] = await Promise.all([
    rules.organizations.length === 0 ? null : isInAny(api, rules.organizations, token, login),
    rules.teams ? api.teams(token) : null,
  ]);
  const authState: AuthState = {
    access_token: token,
    github_user: { id: Number(id), login },
    scope: scopesOf(rules),
    ...(teams === null ? {} : { teams }),
  };
  const nobodyElse = { admin: null, providerSession: null };
  return { provider: 'github', id, login, groups: teams, admitted, authState, ...nobodyElse };
}

/** One yes is enough, whatever became of the other questions; a no has to be said by all. */
async function isInAny(
  api: GitHubApi,
  organizations: readonly Organization[],
  token: string,
  login: string,
): Promise<boolean> {
  const answers = await Promise.allSettled(organizations.map((one) => api.isMember(token, one, login)));
  if (answers.some((answer) => answer.status === 'fulfilled' && answer.value)) return true;
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return false;
}
