import { oauthClientId } from '../domain/client-id.ts';
import { type Server, serverKey, serverPath } from '../domain/server.ts';
import { oauthCallbackPath, serverTokenScopes } from '../domain/server-environment.ts';
import type { Drafts } from '../domain/store.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** How long a server's token is: 32 hex digits, as JupyterHub's. */
const TOKEN_BYTES = 16;

/**
 * Gives a server its API token and its place as OAuth client (hub contract §1.3), in place of older ones.
 * The returned writer belongs into the change that writes the server itself.
 */
export function grantAccess(
  ports: SpawnPorts,
  server: Pick<Server, 'user' | 'name'>,
): { readonly token: string; readonly write: (drafts: Drafts) => void } {
  const token = ports.random.hex(TOKEN_BYTES);
  const hash = ports.digest(token);
  const { user, name } = server;
  const { baseUrl } = ports.settings;
  const description = `Server at ${serverPath(baseUrl, user, name)}`;
  const write = (drafts: Drafts): void => {
    revokeAccess(ports, server, drafts);
    drafts.tokens.put({
      hash,
      id: `a${ports.random.hex(6)}`,
      user,
      // Requests with a token whose note begins so do not count as the user's activity.
      note: description,
      scopes: serverTokenScopes(user, name),
      created: ports.clock.now(),
      lastActivity: null,
      expires: null,
      sessionId: null,
      clientId: null,
      server: serverKey(user, name),
    });
    drafts.clients.put({
      id: oauthClientId(user, name),
      secretHash: hash,
      redirectUri: oauthCallbackPath(baseUrl, user, name),
      user,
      server: name,
      allowedScopes: [`access:servers!server=${user}/${name}`],
      description,
    });
  };
  return { token, write };
}

/** Takes away what {@link grantAccess} gave, with the codes and tokens that were given out through it. */
export function revokeAccess(ports: SpawnPorts, server: Pick<Server, 'user' | 'name'>, drafts: Drafts): void {
  const { tokens, codes, clients } = ports.store;
  const client = oauthClientId(server.user, server.name);
  const given = [
    ...tokens.where('server', serverKey(server.user, server.name)),
    ...tokens.where('clientId', client),
  ];
  for (const token of given) drafts.tokens.delete(token.hash);
  for (const code of codes.where('clientId', client)) drafts.codes.delete(code.hash);
  if (clients.get(client) !== undefined) drafts.clients.delete(client);
}
