import type { Clock, Digest, Log } from '../domain/ports.ts';
import { isOpen, type Server, serverKey, serverPath } from '../domain/server.ts';
import { isSessionAlive, type Session } from '../domain/session.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import { visitSession } from '../domain/visit.ts';
import { mayVisit, type VisitRules } from './may-visit.ts';
import { openRoute, type WayPorts } from './open-route.ts';
import { openServers } from './open-servers.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** Visits to what the proxy guards: cookies that it checks by itself (decision 0024). */
export interface Visits {
  /** With which a program can check who visits it: an Ed25519 public key, base64url. */
  readonly key: string;
  /** Whether this session holds a cookie for the server already. */
  isIn(session: Session, server: Server): boolean;
  /** A cookie for somebody who may come in; whoever calls has asked that. */
  open(session: Session, server: Server): string;
  /** A fresh one for an old one, as long as the session lives and its owner may still come in; else null. */
  renew(cookie: string): string | null;
  /**
   * All visitors of a server, or that one, must come by the hub again, which lets in who still may; open WebSockets of
   * those who may not end within seconds. For whoever has changed who may come in and cannot wait for the next look.
   */
  voidVisits(owner: string, server: string, user?: string): Promise<void>;
  /** Voids the visits to every server in which somebody is who may not be there any more. Never rejects. */
  lookAfter(): Promise<void>;
}

export interface VisitPorts extends VisitRules, WayPorts, Pick<SpawnPorts, 'lives'> {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly log: Log;
  readonly settings: SpawnSettings;
  /** Milliseconds for which a cookie counts without being renewed. */
  readonly life: number;
}

// As with a person's requests to the hub itself.
const SEEN_RESOLUTION_MS = 30_000;

export function makeVisits(ports: VisitPorts): Visits {
  const { store, clock, digest, log, settings } = ports;
  const { signer, book } = ports.guard;
  const { baseUrl, publicOrigin } = settings;
  /** What the hub before this one let in is not in the book: all of it comes by again. */
  let offered = false;

  function open(session: Session, server: Server): string {
    const aud = serverPath(baseUrl, server.user, server.name);
    const issued = book.issueTime(server);
    const until = issued + ports.life;
    const sid = visitSession(digest, session, aud);
    book.note(server, { user: session.user, sid, until });
    const iss = publicOrigin === '' ? baseUrl : `${publicOrigin}${baseUrl}`;
    return signer.sign({ iss, sub: session.user, aud, iat: issued / 1000, exp: until / 1000, sid });
  }

  function sessionOf(user: string, sid: string, audience: string): Session | undefined {
    return store.sessions
      .where('user', user)
      .find((one) => isSessionAlive(one, clock.now()) && visitSession(digest, one, audience) === sid);
  }

  function mayStay(server: Server, user: string, sid: string): Session | undefined {
    if (!mayVisit(ports, serverKey(server.user, server.name), user, clock.now())) return undefined;
    return sessionOf(user, sid, serverPath(baseUrl, server.user, server.name));
  }

  async function voidVisits(owner: string, name: string, user?: string): Promise<void> {
    const server = store.servers.get(serverKey(owner, name));
    if (server === undefined) return;
    if (user !== undefined && !book.visitors(server).some((visitor) => visitor.user === user)) return;
    book.void(server);
    await tellProxy(ports, server);
  }

  return {
    key: signer.key,
    isIn(session, server) {
      const sid = visitSession(digest, session, serverPath(baseUrl, server.user, server.name));
      return book.visitors(server).some((visitor) => visitor.sid === sid);
    },
    open,
    voidVisits,

    renew(cookie) {
      const claims = signer.read(cookie);
      const server = claims === null ? undefined : serverAt(ports, claims.aud);
      if (claims === null || server === undefined) return null;
      const session = mayStay(server, claims.sub, claims.sid);
      if (session === undefined) return null;
      const now = clock.now();
      if (now - session.lastSeen > SEEN_RESOLUTION_MS) {
        store.touch((drafts) => {
          drafts.sessions.put({ ...session, lastSeen: now });
        });
      }
      return open(session, server);
    },

    async lookAfter() {
      if (!offered) for (const server of openServers(ports.store)) book.void(server);
      offered = true;
      for (const server of openServers(ports.store)) {
        const gone = book
          .visitors(server)
          .filter(({ user, sid }) => mayStay(server, user, sid) === undefined);
        for (const { user, sid } of gone) {
          book.forget(server, sid);
          log.info(
            { owner: server.user, server: server.name, user },
            'a visitor may not be in this server any more and is out',
          );
        }
        if (gone.length > 0) book.void(server);
        if (!book.isTold(server)) await tellProxy(ports, server);
      }
    },
  };
}

/** Gives the way anew with what is void by now. What cannot be done now is left for the next look. */
async function tellProxy(ports: VisitPorts, { user, name }: Server): Promise<void> {
  const { store, lives, guard, log } = ports;
  // Something is being done to it: it gives the way itself, or the next look does.
  if (lives.get(user, name) !== undefined) return;
  // As its only life: a stop that comes now waits, and no way is left to a server that went.
  await lives.begin(user, name, 'repair', async () => {
    const server = store.servers.get(serverKey(user, name));
    if (server === undefined || server.target === null || !isOpen(server)) return;
    const notBefore = guard.book.notBefore(server);
    try {
      await openRoute(ports, server, server.target, server.state === 'frozen');
      guard.book.told(server, notBefore);
    } catch (error) {
      log.warn(
        { user, server: name, error: String(error) },
        'the proxy was not told whose visits are void; it is told again soon',
      );
    }
  }).done;
}

function serverAt(ports: VisitPorts, path: string): Server | undefined {
  const { baseUrl } = ports.settings;
  return openServers(ports.store).find((server) => serverPath(baseUrl, server.user, server.name) === path);
}
