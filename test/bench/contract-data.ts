import { createHash } from 'node:crypto';
import { openJsonStore } from '../../hub/src/adapters/store/json-store.ts';
import { sha256 } from '../../hub/src/adapters/system/random.ts';
import { oauthClientId } from '../../hub/src/domain/client-id.ts';
import { newServer } from '../../hub/src/domain/server.ts';

/** What both hubs are given: so many accounts with a token each, and so many of them with a running server. */
export const CROWD = { users: 5000, running: 500 } as const;

/** A person's token. The same rule stands in `test/conformance/jupyterhub/crowd.py`. */
export function tokenOf(name: string): string {
  return createHash('sha256').update(`bench ${name}`).digest('hex').slice(0, 32);
}

/** Fills a store of ours before its hub starts. */
export async function fillStore(path: string): Promise<void> {
  const store = await openJsonStore(path);
  const now = Date.now();
  await store.change((drafts) => {
    for (let n = 0; n < CROWD.users + 1; n += 1) {
      const name = n === CROWD.users ? 'mary' : `user${n}`;
      const times = { created: now - n * 1000, lastActivity: now - n * 1000 };
      drafts.users.put({ name, admin: name === 'mary', groups: [], identities: {}, invited: true, ...times });
      drafts.tokens.put(tokenRecord(name, tokenOf(name), 'bench', now));
      if (n >= CROWD.running) continue;
      const word = `server ${tokenOf(name)}`;
      drafts.servers.put({
        ...newServer(name),
        state: 'ready',
        generation: 1,
        started: now,
        lastActivity: now,
        target: 'http://127.0.0.1:9',
        containerId: sha256(name),
        containerName: `jupyter-${name}`,
      });
      drafts.tokens.put({ ...tokenRecord(name, word, `Server at /user/${name}/`, now), server: `${name}/` });
      drafts.clients.put({
        id: oauthClientId(name, ''),
        secretHash: sha256(word),
        redirectUri: `/user/${name}/oauth_callback`,
        user: name,
        server: '',
        allowedScopes: [`access:servers!server=${name}/`],
        description: `Server at /user/${name}/`,
      });
    }
  });
  await store.close();
}

function tokenRecord(user: string, word: string, note: string, now: number) {
  const hash = sha256(word);
  return {
    hash,
    id: `a${hash.slice(0, 12)}`,
    user,
    note,
    scopes: ['inherit'],
    created: now,
    lastActivity: null,
    expires: null,
    sessionId: null,
    clientId: null,
    server: null,
  };
}
