import type { ClientOfToken } from '../domain/granted-scopes.ts';
import { serverKey } from '../domain/server.ts';
import type { Tables } from '../domain/store.ts';

/** An OAuth client, whatever stands behind it. */
export interface Client {
  readonly id: string;
  readonly secretHash: string;
  readonly redirectUri: string;
  readonly allowedScopes: readonly string[];
  readonly description: string;
  /** No confirm page for anybody. */
  readonly trusted: boolean;
  readonly target:
    | { readonly kind: 'server'; readonly user: string; readonly server: string }
    | { readonly kind: 'service'; readonly service: string };
}

/** The client of that id: a server's, or a service's that has a secret and a callback. */
export function findClient(tables: Tables, id: string): Client | null {
  const client = tables.clients.get(id);
  if (client !== undefined) {
    return {
      ...client,
      trusted: false,
      target: { kind: 'server', user: client.user, server: client.server },
    };
  }
  const service = tables.services.where('clientId', id)[0];
  if (service === undefined || service.tokenHash === null || service.redirectUri === null) return null;
  return {
    id,
    secretHash: service.tokenHash,
    redirectUri: service.redirectUri,
    allowedScopes: service.allowedScopes,
    description: `Service ${service.name}`,
    trusted: service.trusted,
    target: { kind: 'service', service: service.name },
  };
}

/** In the form in which scopes name it: `alice/gpu`, or the service's name. */
export function targetOfClient(client: Client): ClientOfToken {
  const { target } = client;
  return target.kind === 'server'
    ? { server: serverKey(target.user, target.server) }
    : { service: target.service };
}
