import { openContractHub } from '../support/contract-hub.ts';
import { SHARED, type Side } from './side.ts';

/** Our API and OAuth provider, with the same services and roles. */
export async function startOurHub(): Promise<Side> {
  const roles = SHARED.roles.map((role) => ({
    description: '',
    users: [],
    groups: [],
    services: [],
    ...role,
  }));
  const house = await openContractHub({ roles, namedServers: 2 });
  await house.hub.changeServices.configure(
    SHARED.services.map((service) => ({
      name: service.name,
      apiToken: service.api_token,
      admin: 'admin' in service && service.admin,
      url: 'url' in service ? service.url : undefined,
      allowedScopes:
        'oauth_client_allowed_scopes' in service ? service.oauth_client_allowed_scopes : undefined,
      trusted: 'oauth_no_confirm' in service && service.oauth_no_confirm,
    })),
  );
  // JupyterHub makes accounts for everybody whom its configuration names.
  await house.addUser('mary', { admin: true });
  for (const name of ['tess', 'mo', 'alice']) await house.addUser(name);
  return { url: house.url, close: () => house.close(), signIn: (name) => house.signIn(name) };
}
