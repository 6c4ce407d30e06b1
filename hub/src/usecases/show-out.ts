import { type Admission, isAdmitted } from '../domain/admission.ts';
import { scopesOfUser } from '../domain/granted-scopes.ts';
import type { Clock, Log } from '../domain/ports.ts';
import type { Roles } from '../domain/role.ts';
import { holds } from '../domain/scope.ts';
import { serverKey } from '../domain/server.ts';
import { isShareAlive, shareKey } from '../domain/share.ts';
import { sharesWith } from '../domain/shares-with.ts';
import type { Store } from '../domain/store.ts';
import type { OAuthClient, OAuthCode, Token } from '../domain/token.ts';

/**
 * Sees to it that nobody is in somebody else's server who may not be there any more: a share was taken back or has
 * ended, a group was left, a role is gone. Their tokens for it go, and so do shares and links that have ended.
 *
 * What somebody may do is worked out at each request anyhow. This is for what does not ask again: notebooks remember
 * visitors for minutes, and open sockets for as long as they are open.
 */
export type ShowOut = () => Promise<void>;

/** A visitor who is out, and what they came in with. */
export interface Outcast {
  readonly owner: string;
  readonly server: string;
  readonly user: string;
}

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly roles: Roles;
  readonly admission: () => Admission;
  /** Closes what is open; called after the store has forgotten them. */
  readonly closeVisits: (outcasts: readonly Outcast[]) => Promise<void>;
}

export function makeShowOut(ports: Ports): ShowOut {
  const { store, clock, log } = ports;
  return async () => {
    const now = clock.now();
    const ended = [...store.shares.values()].filter((share) => !isShareAlive(share, now));
    const dead = [...store.shareCodes.values()].filter(({ expires }) => expires <= now);
    const gone = visits(ports, now);
    if (ended.length + dead.length + gone.length === 0) return;
    await store.change((drafts) => {
      for (const share of ended) {
        // It may have been given anew while this was written.
        if (store.shares.get(shareKey(share)) === share) drafts.shares.delete(shareKey(share));
      }
      for (const code of dead) drafts.shareCodes.delete(code.hash);
      for (const { tokens, codes } of gone) {
        for (const token of tokens) drafts.tokens.delete(token.hash);
        for (const code of codes) drafts.codes.delete(code.hash);
      }
    });
    if (gone.length === 0) return;
    for (const { owner, server, user } of gone) {
      log.info({ owner, server, user }, 'a visitor may not be in this server any more and is out');
    }
    await ports.closeVisits(gone);
  };
}

interface Visit extends Outcast {
  readonly tokens: readonly Token[];
  readonly codes: readonly OAuthCode[];
}

/** Who came into another's server and may not be there now. Costs a look-up for each running server. */
function visits(ports: Ports, now: number): readonly Visit[] {
  return [...ports.store.clients.values()].flatMap((client) => visitsTo(ports, client, now));
}

function visitsTo(ports: Ports, client: OAuthClient, now: number): readonly Visit[] {
  const { store } = ports;
  const others = <T extends { readonly user: string }>(given: readonly T[]): readonly T[] =>
    given.filter(({ user }) => user !== client.user);
  const tokens = others(store.tokens.where('clientId', client.id));
  const codes = others(store.codes.where('clientId', client.id));
  const people = new Set([...tokens, ...codes].map(({ user }) => user));
  return [...people]
    .filter((user) => !mayVisit(ports, client, user, now))
    .map((user) => ({
      owner: client.user,
      server: client.server,
      user,
      tokens: tokens.filter((token) => token.user === user),
      codes: codes.filter((code) => code.user === user),
    }));
}

function mayVisit(ports: Ports, client: OAuthClient, name: string, now: number): boolean {
  const { store, roles, admission } = ports;
  const user = store.users.get(name);
  if (user === undefined || !isAdmitted(admission(), name, user)) return false;
  const scopes = scopesOfUser(user, roles, sharesWith(store, user, now));
  const on = { kind: 'server', value: serverKey(client.user, client.server) } as const;
  return holds(scopes, 'access:servers', on, (other) => store.users.get(other)?.groups ?? []);
}
