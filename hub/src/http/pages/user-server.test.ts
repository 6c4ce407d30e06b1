import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';
import { newServer, type Server, serverKey } from '../../domain/server.ts';

let house: PagesHouse;

beforeEach(async () => {
  house = await openPagesHouse({ spawn: 'slow' });
  for (const name of ['alice', 'bob']) await house.addUser(name);
  await house.addUser('mary', { admin: true });
});

afterEach(() => house.close());

function put(server: Partial<Server> & Pick<Server, 'user'>): Promise<void> {
  return house.store.change((drafts) => drafts.servers.put({ ...newServer(server.user), ...server }));
}

const server = (user: string, name = '') => house.store.servers.get(serverKey(user, name));

describe('a request for a server that is not running', () => {
  it('people get 424, a button, and are back where they were', async () => {
    const reply = await house.get('/hub/user/alice/lab/tree/a%20b.ipynb?x=1', 'alice');
    expect(reply.status).toBe(424);
    expect(reply.text).toContain('name="next" value="/user/alice/lab/tree/a%20b.ipynb?x=1"');
    expect(server('alice')).toBeUndefined();
  });

  it.each([
    ['/hub/user/alice/api/kernels', 'text/html'],
    ['/hub/user/alice/lab', 'application/json'],
  ])('scripts get JSON: %s, %s', async (path, accept) => {
    const reply = await house.get(path, 'alice', { accept });
    expect(reply.status).toBe(424);
    expect(JSON.parse(reply.text)).toEqual({
      message: `JupyterHub server no longer running at ${path.replace('/hub', '')}. Restart the server at ${house.origin}/hub/spawn/alice`,
    });
  });

  it.each(['/hub/user/alice/api/kernels', '/user/alice/api/kernels', '/user/alice/gpu/api'])(
    'POST %s is answered 424 as JSON, to anybody alike',
    async (path) => {
      const reply = await house.post(path, null);
      expect(reply.status).toBe(424);
      expect(JSON.parse(reply.text).message).toContain('/user/alice/');
    },
  );

  it('while it starts, or after it failed, they see that', async () => {
    for (const state of ['pulling', 'failed'] as const) {
      await put({ user: 'alice', state });
      const reply = await house.get('/hub/user/alice/lab', 'alice');
      expect([reply.status, reply.location]).toEqual([
        303,
        '/hub/spawn-pending/alice?next=%2Fuser%2Falice%2Flab',
      ]);
    }
  });

  it('a running one is tried again a few times, then somebody is told', async () => {
    await house.runServer('alice');
    const first = await house.get('/hub/user/alice/lab?x=1', 'alice');
    expect([first.status, first.location]).toEqual([302, '/user/alice/lab?x=1&redirects=1']);
    const last = await house.get('/hub/user/alice/lab?redirects=4', 'alice');
    expect(last.status).toBe(502);
    expect(last.text).toContain('The proxy is not answering');
  });

  it('of somebody else, or of nobody, is 404 both times with the same words', async () => {
    await house.runServer('bob');
    const there = await house.get('/hub/user/bob/lab', 'alice');
    const not = await house.get('/hub/user/zoe/lab', 'alice');
    expect([there.status, not.status]).toEqual([404, 404]);
    const bare = (text: string) =>
      text
        .replace(/<code class="number">\w+/, '')
        .replace(/data-now="\d+"/, '')
        .replaceAll('bob', 'zoe');
    expect(bare(there.text).replace(/name="_xsrf" value="[^"]+"/g, '')).toBe(
      bare(not.text).replace(/name="_xsrf" value="[^"]+"/g, ''),
    );
    const json = { accept: 'application/json' };
    expect((await house.get('/hub/user/bob/api', 'alice', json)).status).toBe(404);
  });

  it('a first segment names a named server only if there is one', async () => {
    await put({ user: 'alice', name: 'gpu' });
    expect((await house.get('/hub/user/alice/gpu/lab', 'alice')).text).toContain(
      'action="/hub/spawn/alice/gpu"',
    );
    expect((await house.get('/hub/user/alice/lab/x', 'alice')).text).toContain('action="/hub/spawn/alice"');
  });
});

describe('links for everybody', () => {
  it.each([
    [
      '/hub/user-redirect/lab/tree/x%2Fy?a=1',
      '/hub/spawn/alice?next=%2Fuser%2Falice%2Flab%2Ftree%2Fx%252Fy%3Fa%3D1',
    ],
    [
      '/hub/user-redirect/git-pull?repo=https://a.example/b',
      '/hub/spawn/alice?next=%2Fuser%2Falice%2Fgit-pull%3Frepo%3Dhttps%3A%2F%2Fa.example%2Fb',
    ],
    ['/hub/user-redirect/', '/hub/spawn/alice?next=%2Fuser%2Falice%2F'],
  ])('%s', async (path, location) => {
    const reply = await house.get(path, 'alice');
    expect([reply.status, reply.location]).toEqual([302, location]);
  });

  it('lead into the server when it runs', async () => {
    await house.runServer('alice');
    const { location } = await house.get('/hub/user-redirect/lab?x=1', 'alice');
    expect((await house.get(String(location), 'alice')).location).toBe('/user/alice/lab?x=1');
  });
});

describe('outside /hub', () => {
  it.each([
    ['/', '/hub/'],
    ['/?x=1', '/hub/?x=1'],
    ['/user/alice/lab?x=1', '/hub/user/alice/lab?x=1'],
    ['/user/alice', '/user/alice/'],
    ['/anything', '/hub/anything'],
    ['//evil.com/x', '/hub//evil.com/x'],
  ])('%s → %s', async (path, location) => {
    expect((await house.get(path)).location).toBe(location);
  });
});
