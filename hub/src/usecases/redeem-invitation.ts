import { type Admission, listedAdmin } from '../domain/admission.ts';
import { plainIdentity } from '../domain/identity.ts';
import type { Invitation } from '../domain/invitation.ts';
import { checkNewAccount, type PasswordRules } from '../domain/password-rules.ts';
import type { Clock, Digest, Facts, PasswordHasher } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Session } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import { normalizeUsername } from '../domain/user.ts';
import { hasAdministrator } from './create-invitation.ts';
import { endSession, forgetTokens } from './end-session.ts';
import type { PassOn, PasswordOutcome } from './second-step.ts';

export interface Redemption {
  readonly word: string;
  /** As typed; ignored when the link is for somebody. */
  readonly username: string;
  readonly password: string;
  /** The browser's own word: a second step can be taken in this browser only. */
  readonly visitor: string;
  readonly address: string;
  readonly userAgent: string;
  readonly previous: Session | null;
}

/** Whom a link is for: a name, `null` for the first administrator, `undefined` when it does not work. */
export type LookUpInvitation = (word: string) => string | null | undefined;
export type RedeemInvitation = (request: Redemption) => Promise<PasswordOutcome>;

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly passwords: PasswordHasher;
  readonly facts: Facts;
  readonly passOn: PassOn;
  readonly passwordRules: PasswordRules;
  readonly admission: () => Admission;
}

export function makeLookUpInvitation(ports: Pick<Ports, 'store' | 'clock' | 'digest'>): LookUpInvitation {
  return (word) => valid(ports, word)?.user;
}

/**
 * Sets a name and password through a one-time link and signs in. The link is taken and the account made in
 * one change, so two parallel posts make one account.
 *
 * Who has a second step is asked for it, as at every sign-in.
 *
 * @throws Problem AUTH-009 the link does not work (any more), AUTH-010 the name or password cannot be used.
 */
export function makeRedeemInvitation(ports: Ports): RedeemInvitation {
  const { store, clock, passwords, facts, passOn } = ports;

  return async (request) => {
    const invitation = valid(ports, request.word);
    if (invitation === undefined) throw new Problem('AUTH-009');
    const name = invitation.user ?? normalizeUsername(request.username);
    checkNewAccount(name, request.password, ports.passwordRules);
    checkNotListedAsPlain(ports.admission(), invitation, name);
    const hash = await passwords.hash(request.password);
    await store.change((drafts) => {
      // Hashing took a while: somebody may have come through the same link meanwhile.
      if (valid(ports, request.word) === undefined) throw new Problem('AUTH-009');
      const now = clock.now();
      const before = store.users.get(name);
      drafts.invitations.delete(invitation.hash);
      drafts.signUps.delete(name);
      // A link is for a lost password: the second step stays, and is asked for.
      const secondFactor = store.credentials.get(name)?.secondFactor ?? null;
      drafts.credentials.put({ user: name, hash, changed: now, secondFactor });
      drafts.users.put({
        name,
        admin: invitation.admin || before?.admin === true,
        groups: before?.groups ?? [],
        created: before?.created ?? now,
        lastActivity: before?.lastActivity ?? null,
        identities: before?.identities ?? {},
        invited: true,
      });
      // A new password ends what was opened with the old one.
      for (const session of store.sessions.where('user', name)) endSession(store, drafts, session);
      forgetTokens(store, drafts, name);
    });
    facts.tell({ kind: 'signed-out', user: name, by: 'password' });
    const { address, userAgent, previous, visitor } = request;
    return await passOn({
      name,
      identity: plainIdentity('local', name, null),
      address,
      userAgent,
      previous,
      visitor,
    });
  };
}

function valid(ports: Pick<Ports, 'store' | 'clock' | 'digest'>, word: string): Invitation | undefined {
  const invitation = ports.store.invitations.get(ports.digest(word));
  if (invitation === undefined || invitation.expires <= ports.clock.now()) return undefined;
  if (invitation.user === null && hasAdministrator(ports.store)) return undefined;
  return invitation;
}

/** The list decides who is an administrator: a link that makes one must not end in a plain account. */
function checkNotListedAsPlain(admission: Admission, invitation: Invitation, name: string): void {
  if (!invitation.admin || listedAdmin(admission, name) !== false) return;
  throw new Problem('AUTH-010', {
    detail: `${name} stands in the userlist without the word admin. Write it there, or choose another name.`,
  });
}
