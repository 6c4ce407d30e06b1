import type { Admission } from '../domain/admission.ts';
import type { Clock, Digest, Log } from '../domain/ports.ts';
import type { Roles } from '../domain/role.ts';
import { serverKey } from '../domain/server.ts';
import { isShareAlive, type Share, shareKey } from '../domain/share.ts';
import type { Store } from '../domain/store.ts';
import type { OAuthClient, OAuthCode, Token } from '../domain/token.ts';
import { type Outcast, usedTokens, type VisitDoors } from './bars.ts';
import type { GuestBook } from './guest-book.ts';
import { mayVisit } from './may-visit.ts';

/**
 * Sees to it that nobody is in somebody else's server who may not be there any more: a share was taken back or has
 * ended, a group was left, a role is gone. Their tokens for it go, and so do shares and links that have ended.
 *
 * What somebody may do is worked out at each request anyhow. This is for what does not ask again: notebooks remember
 * visitors for minutes, and open sockets for as long as they are open.
 */
export type ShowOut = (
  /** Shares that were just taken back. */
  taken?: readonly Share[],
) => Promise<void>;

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly roles: Roles;
  readonly admission: () => Admission;
  readonly doors: VisitDoors;
  readonly digest: Digest;
  readonly guests: GuestBook;
}

export function makeShowOut(ports: Ports): ShowOut {
  const { doors } = ports;
  return async (taken = []) => {
    const now = ports.clock.now();
    const ended = [...ports.store.shares.values()].filter((share) => !isShareAlive(share, now));
    const gone = await forget(ports, ended, now);
    const out = new Map<string, Outcast>();
    for (const one of [...scriptsOf(ports, [...ended, ...taken], now), ...gone]) {
      const key = `${serverKey(one.owner, one.server)} ${one.user}`;
      // Whoever was seen in it comes last: what the proxy does not take of a long list is its beginning.
      out.delete(key);
      out.set(key, one);
    }
    doors.bar([...out.values()]);
    await doors.settle((key, user) => mayVisit(ports, key, user, now));
  };
}

/** Takes what has ended out of the store; answers who is out by it. */
async function forget(ports: Ports, ended: readonly Share[], now: number): Promise<readonly Visit[]> {
  const { store, log, guests } = ports;
  const dead = [...store.shareCodes.values()].filter(({ expires }) => expires <= now);
  const gone = visits(ports, now);
  const held = gone.some(({ tokens, codes }) => tokens.length + codes.length > 0);
  if (held || ended.length + dead.length > 0) {
    await store.change((drafts) => {
      for (const share of ended) drafts.shares.delete(shareKey(share));
      for (const code of dead) drafts.shareCodes.delete(code.hash);
      for (const { tokens, codes } of gone) {
        for (const token of tokens) drafts.tokens.delete(token.hash);
        for (const code of codes) drafts.codes.delete(code.hash);
      }
    });
  }
  for (const { owner, server, user } of gone) {
    guests.shownOut(serverKey(owner, server), user);
    log.info({ owner, server, user }, 'a visitor may not be in this server any more and is out');
  }
  return gone;
}

/** Who came in with tokens of their own only: the notebook remembers them as well, and the store knows no visit of theirs. */
function scriptsOf(ports: Ports, shares: readonly Share[], now: number): readonly Outcast[] {
  const { store } = ports;
  return shares.flatMap(({ owner, server, to }) => {
    const people =
      to.kind === 'user'
        ? [to.name]
        : to.kind === 'group'
          ? store.users.where('group', to.name).map(({ name }) => name)
          : [...store.users.values()].map(({ name }) => name);
    return people
      .filter((user) => user !== owner && usedTokens(store, user).length > 0)
      .filter((user) => !mayVisit(ports, serverKey(owner, server), user, now))
      .map((user) => ({ owner, server, user, words: [] }));
  });
}

interface Visit extends Outcast {
  readonly tokens: readonly Token[];
  readonly codes: readonly OAuthCode[];
}

/** Who came into another's server and may not be there now. Costs a look-up for each running server. */
function visits(ports: Ports, now: number): readonly Visit[] {
  const clients = [...ports.store.clients.values()];
  ports.guests.keepOnly(new Set(clients.map(({ user, server }) => serverKey(user, server))));
  return clients.flatMap((client) => visitsTo(ports, client, now));
}

function visitsTo(ports: Ports, client: OAuthClient, now: number): readonly Visit[] {
  const { store, guests, digest } = ports;
  const others = <T extends { readonly user: string }>(given: readonly T[]): readonly T[] =>
    given.filter(({ user }) => user !== client.user);
  const tokens = others(store.tokens.where('clientId', client.id));
  const codes = others(store.codes.where('clientId', client.id));
  const key = serverKey(client.user, client.server);
  const may = remembering((user) => mayVisit(ports, key, user, now));
  const unwelcome = guests.unwelcome(key, may);
  const people = new Set([...[...tokens, ...codes].map(({ user }) => user), ...unwelcome.keys()]);
  return [...people]
    .filter((user) => !may(user))
    .map((user) => ({
      owner: client.user,
      server: client.server,
      user,
      // The tokens' too: whoever runs code in there can read the one that it holds of them, and come with that.
      words: [...hashesOf(tokens, user), ...(unwelcome.get(user) ?? []).map(digest)],
      tokens: tokens.filter((token) => token.user === user),
      codes: codes.filter((code) => code.user === user),
    }));
}

function hashesOf(tokens: readonly Token[], of: string): readonly string[] {
  return tokens.filter(({ user }) => user === of).map(({ hash }) => hash);
}

/** A visitor with many sessions is asked about once. */
function remembering(ask: (user: string) => boolean): (user: string) => boolean {
  const answers = new Map<string, boolean>();
  return (user) => {
    const answer = answers.get(user) ?? ask(user);
    answers.set(user, answer);
    return answer;
  };
}
