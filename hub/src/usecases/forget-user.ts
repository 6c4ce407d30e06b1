import { serverKey } from '../domain/server.ts';
import type { Drafts, Store } from '../domain/store.ts';
import { forgetSharesBy } from './forget-shares.ts';

/**
 * Takes away everything that opens a door in somebody's name: sessions, tokens, codes and clients. Whoever
 * has the name afterwards inherits none of it.
 */
function closeDoorsOf(store: Store, drafts: Drafts, name: string): void {
  for (const session of store.sessions.where('user', name)) drafts.sessions.delete(session.idHash);
  for (const token of store.tokens.where('user', name)) drafts.tokens.delete(token.hash);
  for (const code of store.codes.where('user', name)) drafts.codes.delete(code.hash);
  for (const client of store.clients.where('user', name)) {
    // Others may have come in through it.
    for (const token of store.tokens.where('clientId', client.id)) drafts.tokens.delete(token.hash);
    for (const code of store.codes.where('clientId', client.id)) drafts.codes.delete(code.hash);
    drafts.clients.delete(client.id);
  }
}

/** Takes the account itself with all that hangs on it. Files on volumes stay. */
export function forgetUser(store: Store, drafts: Drafts, name: string): void {
  closeDoorsOf(store, drafts, name);
  forgetSharesBy(store, drafts, name);
  for (const server of store.servers.where('user', name)) drafts.servers.delete(serverKey(name, server.name));
  for (const invitation of store.invitations.values()) {
    if (invitation.user === name) drafts.invitations.delete(invitation.hash);
  }
  drafts.credentials.delete(name);
  drafts.users.delete(name);
}
