import { sha256, systemRandom } from '../../hub/src/adapters/system/random.ts';
import type { Clock } from '../../hub/src/domain/ports.ts';
import { newServer, type Server } from '../../hub/src/domain/server.ts';
import type { Session } from '../../hub/src/domain/session.ts';
import type { Store } from '../../hub/src/domain/store.ts';
import type { User } from '../../hub/src/domain/user.ts';
import type { Hub } from '../../hub/src/http/hub.ts';
import { grantAccess } from '../../hub/src/usecases/server-access.ts';

/** People of a hub under test, with what they hold, put into its store as the hub would. */
export interface ContractPeople {
  addUser(name: string, more?: Partial<User>): Promise<User>;
  /** Cookie header of a fresh session, and the session. */
  signIn(
    name: string,
  ): Promise<{ readonly cookie: string; readonly session: Session; readonly xsrf: string }>;
  /** A token of the user's own. */
  token(name: string, scopes?: readonly string[], expiresIn?: number): Promise<string>;
  /** A running server with its token and OAuth client. */
  runServer(user: string, name?: string, target?: string): Promise<string>;
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly xsrf: Hub['xsrf'];
  readonly access: Parameters<typeof grantAccess>[0];
}

export function makeContractPeople({ store, clock, xsrf, access }: Parts): ContractPeople {
  return {
    async addUser(name, more = {}) {
      const user: User = {
        name,
        admin: false,
        groups: [],
        created: clock.now(),
        lastActivity: null,
        identities: {},
        invited: true,
        ...more,
      };
      await store.change((drafts) => drafts.users.put(user));
      return user;
    },
    async signIn(name) {
      const word = `word-of-${name}-${systemRandom.hex(8)}`;
      const session: Session = {
        idHash: sha256(word),
        user: name,
        sharedId: systemRandom.hex(16),
        provider: 'local',
        created: clock.now(),
        lastSeen: clock.now(),
        address: '127.0.0.1',
        userAgent: 'test',
        authState: null,
        providerSession: null,
      };
      await store.change((drafts) => drafts.sessions.put(session));
      const cookie = `jupyterhub-hub-login=${word}; jupyterhub-session-id=${session.sharedId}`;
      return { cookie, session, xsrf: xsrf.make(`session ${session.idHash}`) };
    },
    async token(name, scopes = ['inherit'], expiresIn) {
      const word = systemRandom.hex(16);
      const hash = sha256(word);
      await store.change((drafts) =>
        drafts.tokens.put({
          hash,
          id: `a${hash.slice(0, 12)}`,
          user: name,
          note: 'test',
          scopes,
          created: clock.now(),
          lastActivity: null,
          expires: expiresIn === undefined ? null : clock.now() + expiresIn * 1000,
          sessionId: null,
          clientId: null,
          server: null,
        }),
      );
      return word;
    },
    async runServer(user, name = '', target = 'http://127.0.0.1:9') {
      const granted = grantAccess(access, { user, name });
      const server: Server = {
        ...newServer(user, name),
        state: 'ready',
        generation: 1,
        started: clock.now(),
        lastActivity: clock.now(),
        target,
        containerId: 'c0ffee',
        containerName: `jupyter-${user}`,
      };
      await store.change((drafts) => {
        drafts.servers.put(server);
        granted.write(drafts);
      });
      return granted.token;
    },
  };
}
