import type { Identity } from '../domain/identity.ts';
import type { Drafts, Store } from '../domain/store.ts';
import type { User } from '../domain/user.ts';
import { endSession, forgetTokens } from './end-session.ts';

/** Who can open an account: a provider's person by their id, or whoever has its password. */
export type Owners = Readonly<Record<string, string>>;

/** What opens this account now; empty where an administrator has only named it. */
export function ownersOf(store: Store, { name, identities }: Pick<User, 'name' | 'identities'>): Owners {
  const password = store.credentials.get(name) !== undefined;
  // A link for it counts like the password that it is for, also when it has become too old to choose one.
  const link = [...store.invitations.values()].some(({ user }) => user === name);
  return password || link ? { ...identities, local: 'password' } : identities;
}

/**
 * An account belongs to what opens it: the same name at another door may be anybody's, and so may one that a
 * provider has given away anew. Of a name without an account the files that are kept are looked at: they are not a
 * newcomer's.
 */
export function isSomebodyElses(store: Store, name: string, identity: Identity): boolean {
  // Only the account's own password leads here.
  if (identity.provider === 'local') return false;
  const known = store.users.get(name);
  const owners = known === undefined ? store.departures.get(name)?.owners : ownersOf(store, known);
  if (owners === undefined || Object.keys(owners).length === 0) return false;
  return owners[identity.provider] === undefined || owners[identity.provider] !== identity.id;
}

/**
 * Somebody comes whom an account will be bound to. Whoever has used it before, by a password that is everybody's,
 * is not them: what is open ends.
 */
export function endTrials(store: Store, drafts: Drafts, name: string, identity: Identity): void {
  const known = store.users.get(name);
  if (identity.id === null || known?.identities[identity.provider] !== undefined) return;
  const trials = store.sessions.where('user', name).filter(({ provider }) => provider !== identity.provider);
  for (const session of trials) endSession(store, drafts, session);
  if (trials.length > 0) forgetTokens(store, drafts, name);
}
