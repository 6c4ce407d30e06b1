import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';

// What jupyterhub-idle-culler 2.0 sends, request by request (contract §4, "Client minimums"). The genuine one
// needs the Python package index; it was run by hand against this API when this was written.
const TOKEN = 'token-of-the-idle-culler';
const HOUR = 3_600_000;

interface Listed {
  readonly name: string;
  readonly admin: boolean;
  readonly last_activity: string | null;
  readonly servers: Readonly<
    Record<string, { readonly ready: boolean; readonly last_activity: string; readonly started: string }>
  >;
}

let house: ContractHub;

beforeEach(async () => {
  const scopes = ['list:users', 'read:users:activity', 'read:servers', 'delete:servers', 'delete:users'];
  const role = { name: 'culler', description: '', scopes, users: [], groups: [], services: ['cull'] };
  house = await openContractHub({ roles: [role], namedServers: 0 });
  await house.hub.changeServices.configure([{ name: 'cull', apiToken: TOKEN }]);
  const long = Date.now() - 2 * HOUR;
  for (let n = 0; n < 7; n += 1) await house.addUser(`user${n}`, { created: long, lastActivity: long });
  await house.addUser('mary', { admin: true, created: long, lastActivity: long });
  for (const [user, name] of [
    ['user0', ''],
    ['user0', 'gpu'],
    ['user1', ''],
    ['mary', ''],
  ] as const) {
    await house.runServer(user, name);
  }
  await house.store.change((drafts) => {
    for (const server of house.store.servers.values()) {
      drafts.servers.put({
        ...server,
        started: long,
        lastActivity: server.user === 'user1' ? Date.now() : long,
      });
    }
  });
});

afterEach(() => house.close());

const call = (method: string, path: string, body?: unknown) =>
  house.call(method, `/hub/api${path}`, {
    token: TOKEN,
    body,
    headers: { accept: 'application/jupyterhub-pagination+json' },
    notebook: true,
  });

/** All pages of a list, by the addresses that the hub gives. */
async function pages(path: string): Promise<readonly Listed[]> {
  const users: Listed[] = [];
  let next: string | null = path;
  for (let page = 0; next !== null && page < 10; page += 1) {
    const reply = (await call('GET', next)).json as {
      items: Listed[];
      _pagination: { next: { url: string } | null };
    };
    users.push(...reply.items);
    next = reply._pagination.next?.url.replace(/^.*\/hub\/api/, '') ?? null;
  }
  return users;
}

const isIdle = (at: string | null): boolean => at !== null && Date.now() - Date.parse(at) > HOUR;

describe('the idle culler', () => {
  test('asks for the version first and can read it', async () => {
    expect((await call('GET', '/')).json).toEqual({ version: expect.stringMatching(/^5\.\d+\.\d+$/) });
  });

  test('finds the idle servers page by page, stops them and removes named ones', async () => {
    const ready = await pages('/users?state=ready&limit=1');
    expect(ready.map(({ name }) => name)).toEqual(['user0', 'user1', 'mary']);
    for (const { name, servers } of ready) {
      for (const [server, { ready: runs, last_activity: last }] of Object.entries(servers)) {
        if (!runs || !isIdle(last)) continue;
        const reply =
          server === ''
            ? await call('DELETE', `/users/${name}/server`)
            : await call('DELETE', `/users/${name}/servers/${server}`, { remove: true });
        expect(reply.status).toBe(204);
      }
    }
    const left = [...house.store.servers.values()].map(({ user, name, state }) => `${user}/${name} ${state}`);
    expect(left).toEqual(['user0/ stopped', 'user1/ ready', 'mary/ stopped']);
  });

  test('may start nothing, and sees of people no more than it needs', async () => {
    expect((await call('POST', '/users/user0/server', {})).status).toBe(403);
    const [first] = await pages('/users?limit=1');
    expect(Object.keys(first ?? {}).sort()).toEqual(['admin', 'kind', 'last_activity', 'name', 'servers']);
  });

  test('removes people who were never seen again, but no administrator', async () => {
    for (const { name } of (await pages('/users?state=inactive&limit=2')).filter((one) =>
      isIdle(one.last_activity),
    )) {
      expect((await call('DELETE', `/users/${name}`)).status).toBe(204);
    }
    expect([...house.store.users.values()].map(({ name }) => name)).toEqual(['user0', 'user1', 'mary']);
    expect((await call('DELETE', '/users/mary')).status).toBe(403);
  });
});
