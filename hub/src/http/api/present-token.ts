import { scopesOfToken } from '../../domain/granted-scopes.ts';
import { sharesWith } from '../../domain/shares-with.ts';
import type { Token } from '../../domain/token.ts';
import type { User } from '../../domain/user.ts';
import { findClient, targetOfClient } from '../../usecases/find-client.ts';
import type { Hub } from '../hub.ts';
import { groupsOf } from './groups-of.ts';
import { timestamp } from './timestamp.ts';

/** Token model of the API (contract §4.1). The token itself is not in it. */
export function presentToken(hub: Hub, token: Token, owner: User): Record<string, unknown> {
  const client = token.clientId === null ? null : findClient(hub.tables, token.clientId);
  return {
    user: token.user,
    id: token.id,
    kind: 'api_token',
    // Deprecated, but clients look for it.
    roles: [],
    scopes: scopesOfToken(token, owner, hub.roles, {
      client: client === null ? undefined : targetOfClient(client),
      shares: sharesWith(hub.tables, owner, hub.clock.now()),
      groupsOf: groupsOf(hub),
    }),
    created: timestamp(token.created),
    last_activity: timestamp(token.lastActivity),
    expires_at: timestamp(token.expires),
    note: token.note,
    session_id: token.sessionId,
    oauth_client: client?.description ?? 'JupyterHub',
  };
}
