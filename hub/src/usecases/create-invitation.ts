import { INVITATION_MS, SETUP_LINK_MS } from '../domain/invitation.ts';
import type { Clock, Digest, Random } from '../domain/ports.ts';
import type { Store } from '../domain/store.ts';

/** `user` null asks for the first administrator's link. */
export type CreateInvitation = (request: { readonly user: string | null }) => Promise<string | null>;

/**
 * Makes a one-time link's word. An older link for the same purpose stops working.
 *
 * Answers null when the first administrator is asked for and there is one: such a link is never made again.
 */
export function makeCreateInvitation(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
}): CreateInvitation {
  const { store, clock, random, digest } = ports;
  return async ({ user }) => {
    if (user === null && hasAdministrator(store)) return null;
    const word = random.word(32);
    const created = clock.now();
    const expires = created + (user === null ? SETUP_LINK_MS : INVITATION_MS);
    await store.change((drafts) => {
      for (const older of store.invitations.values()) {
        // One that is too old stays: the account is still its owner's, and not a stranger's of that name elsewhere.
        if (older.user === user) drafts.invitations.delete(older.hash);
      }
      drafts.invitations.put({ hash: digest(word), user, admin: user === null, created, expires });
    });
    return word;
  };
}

/** Whether anybody can already administer the hub by signing in with a password or through a provider. */
export function hasAdministrator(store: Store): boolean {
  for (const user of store.users.values()) {
    if (user.admin) return true;
  }
  return false;
}
