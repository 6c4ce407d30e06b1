import { serverKey } from '../domain/server.ts';
import type { Tables } from '../domain/store.ts';

/** Sessions remembered of one server: more than a large class has, and little memory. */
const GUESTS_MAX = 2000;

interface Guest {
  readonly user: string;
  /** They were shown out, and have neither come by the hub again nor been allowed again. */
  readonly out: boolean;
}

/**
 * Who came into somebody else's server through the hub while that server runs. Their sessions and tokens may be gone
 * from the store, by a sign-out or a new password, when they have to leave: the sockets they opened are not.
 *
 * In memory. A hub that begins reads in the tokens who is in; of whom it has none any more it knows nothing.
 */
export class GuestBook {
  /** By the server's key, then by what the notebook knows a session by. */
  readonly #servers = new Map<string, Map<string, Guest>>();

  note(server: string, user: string, sharedId: string): void {
    const guests = this.#servers.get(server) ?? new Map<string, Guest>();
    this.#servers.set(server, guests);
    guests.delete(sharedId);
    guests.set(sharedId, { user, out: false });
    for (const oldest of guests.keys()) {
      if (guests.size <= GUESTS_MAX) break;
      guests.delete(oldest);
    }
  }

  /**
   * Whom `may` does not let be there and who was not shown out yet, each with their sessions' shared ids. Whoever was
   * shown out and is allowed again counts as in: the notebook may let them in by what it remembers.
   */
  unwelcome(server: string, may: (user: string) => boolean): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    const guests = this.#servers.get(server) ?? new Map<string, Guest>();
    for (const [sharedId, { user, out }] of guests) {
      const welcome = may(user);
      if (welcome && out) guests.set(sharedId, { user, out: false });
      else if (!welcome && !out) found.set(user, [...(found.get(user) ?? []), sharedId]);
    }
    return found;
  }

  shownOut(server: string, user: string): void {
    const guests = this.#servers.get(server) ?? new Map<string, Guest>();
    for (const [sharedId, guest] of guests) {
      if (guest.user === user) guests.set(sharedId, { user, out: true });
    }
  }

  /** The same person under another name: what is shared with them follows, and so does where they are. */
  rename(from: string, to: string): void {
    for (const guests of this.#servers.values()) {
      for (const [sharedId, { user, out }] of guests) {
        if (user === from) guests.set(sharedId, { user: to, out });
      }
    }
  }

  /** Forgets the guests of servers that do not run any more. */
  keepOnly(running: ReadonlySet<string>): void {
    for (const server of this.#servers.keys()) if (!running.has(server)) this.#servers.delete(server);
  }
}

/** The book as the tokens tell it that servers hold of their visitors. */
export function openGuestBook({ clients, tokens }: Pick<Tables, 'clients' | 'tokens'>): GuestBook {
  const book = new GuestBook();
  for (const { id, user: owner, server } of clients.values()) {
    for (const { user, sessionId } of tokens.where('clientId', id)) {
      if (user !== owner && sessionId !== null) book.note(serverKey(owner, server), user, sessionId);
    }
  }
  return book;
}
