import type { Invitation } from '../domain/invitation.ts';
import type { Store } from '../domain/store.ts';

/** Takes a one-time link back before somebody used it. */
export type RevokeInvitation = (invitation: Invitation) => Promise<void>;

export function makeRevokeInvitation({ store }: { readonly store: Store }): RevokeInvitation {
  return ({ hash }) => store.change((drafts) => drafts.invitations.delete(hash));
}
