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

describe('who is not signed in', () => {
  it.each([
    ['/hub/', '/hub/login?next=%2Fhub%2F'],
    ['/hub/home?x=1', '/hub/login?next=%2Fhub%2Fhome%3Fx%3D1'],
    ['/hub/spawn/alice', '/hub/login?next=%2Fhub%2Fspawn%2Falice'],
    ['/hub/admin', '/hub/login?next=%2Fhub%2Fadmin'],
    ['/hub/user/alice/lab?a=b', '/hub/login?next=%2Fhub%2Fuser%2Falice%2Flab%3Fa%3Db'],
    ['/hub/user-redirect/lab', '/hub/login?next=%2Fhub%2Fuser-redirect%2Flab'],
  ])('GET %s goes to the sign-in page and comes back', async (path, location) => {
    const reply = await house.get(path);
    expect([reply.status, reply.location]).toEqual([302, location]);
  });

  it.each(['/hub/spawn/alice', '/hub/stop/alice', '/hub/admin/add', '/hub/admin/remove/alice'])(
    'POST %s is refused and changes nothing',
    async (path) => {
      const reply = await house.post(path, null, { names: 'eve' });
      expect(reply.status).toBe(403);
      expect(server('alice')).toBeUndefined();
      expect(house.store.users.get('alice')).toBeDefined();
      expect(house.store.users.get('eve')).toBeUndefined();
    },
  );
});

describe('home', () => {
  it('offers to start what never ran', async () => {
    const reply = await house.get('/hub/home', 'alice');
    expect(reply.status).toBe(200);
    expect(reply.text).toContain('action="/hub/spawn/alice"');
    expect(reply.text).not.toContain('live.js');
  });

  it('says why the last server stopped', async () => {
    const stopReason = { at: Date.now(), why: 'idle' as const, detail: 'idle for 60 minutes' };
    await put({ user: 'alice', stopReason });
    expect((await house.get('/hub/home', 'alice')).text).toContain('to save resources: idle for 60 minutes.');
  });

  it('opens, and stops only after a sentence about what is lost', async () => {
    await house.runServer('alice');
    const { text } = await house.get('/hub/home', 'alice');
    expect(text).toContain('href="/user/alice/"');
    expect(text.indexOf('What is only in memory is lost')).toBeLessThan(
      text.indexOf('action="/hub/stop/alice"'),
    );
  });

  it('asks again by itself while something is under way, scripts or not', async () => {
    await put({ user: 'alice', state: 'stopping' });
    const { text } = await house.get('/hub/home', 'alice');
    expect(text).toContain('data-watch="/hub/progress/alice"');
    expect(text).toContain('<noscript><meta http-equiv="refresh" content="3"/></noscript>');
  });

  it('shows no one else’s servers', async () => {
    await house.runServer('bob');
    expect((await house.get('/hub/home', 'alice')).text).not.toContain('bob');
  });

  it('/hub/ leads into the running server, else home', async () => {
    expect((await house.get('/hub/', 'alice')).location).toBe('/hub/home');
    await house.runServer('alice');
    expect((await house.get('/hub/', 'alice')).location).toBe('/user/alice/');
    expect((await house.get('/hub', 'alice')).status).toBe(301);
  });
});

describe('start', () => {
  it.each(['/hub/spawn', '/hub/spawn/alice', '/hub/spawn/alice?next=%2Fuser%2Falice%2Flab'])(
    'GET %s starts nothing',
    async (path) => {
      const reply = await house.get(path, 'alice');
      expect(reply.status).toBe(200);
      expect(reply.text).toContain('action="/hub/spawn/alice"');
      expect(server('alice')).toBeUndefined();
    },
  );

  it('POST starts and shows the progress, with the way on', async () => {
    const reply = await house.post('/hub/spawn/alice', 'alice', { next: '/user/alice/lab' });
    expect([reply.status, reply.location]).toEqual([
      303,
      '/hub/spawn-pending/alice?next=%2Fuser%2Falice%2Flab',
    ]);
    expect(server('alice')?.state).toBe('queued');
  });

  it('POST twice joins the one start', async () => {
    await house.post('/hub/spawn/alice', 'alice');
    await put({ ...newServer('alice'), state: 'pulling', generation: 1 });
    const reply = await house.get('/hub/spawn/alice', 'alice');
    expect([reply.status, reply.location]).toEqual([302, '/hub/spawn-pending/alice']);
  });

  it.each(['//evil.com', 'https://evil.com', '/hub/logout', '/hub/..//evil.com'])(
    'a way on to %s is dropped',
    async (next) => {
      const reply = await house.post('/hub/spawn/alice', 'alice', { next });
      expect(reply.location).toBe('/hub/spawn-pending/alice');
    },
  );

  it('a form without its word is refused and starts nothing', async () => {
    const reply = await house.post('/hub/spawn/alice', 'alice', { _xsrf: 'made-up' });
    expect(reply.status).toBe(403);
    expect(reply.text).toContain('This form is too old');
    expect(server('alice')).toBeUndefined();
  });

  it('of somebody else’s server is as if it were not there, but not for administrators', async () => {
    expect((await house.post('/hub/spawn/bob', 'alice')).status).toBe(404);
    expect((await house.post('/hub/spawn/nobody', 'alice')).status).toBe(404);
    expect(server('bob')).toBeUndefined();
    const reply = await house.post('/hub/spawn/bob', 'mary', { back: '/hub/admin?q=bo' });
    expect([reply.status, reply.location]).toEqual([303, '/hub/admin?q=bo']);
    expect(server('bob')?.state).toBe('queued');
  });

  it.each(['/hub/spawn/..%2f..%2fadmin', '/hub/spawn/%00', '/hub/spawn/alice/x%2fy', '/hub/SPAWN/alice'])(
    '%s is nothing',
    async (path) => {
      expect((await house.get(path, 'mary')).status).toBe(404);
    },
  );
});

describe('a named server', () => {
  it('that was never made is not there, unless named servers are allowed', async () => {
    expect((await house.post('/hub/spawn/alice/gpu', 'alice')).status).toBe(404);
    expect(server('alice', 'gpu')).toBeUndefined();
  });

  it('is made by its first start, as many as are allowed', async () => {
    const named = await openPagesHouse({ spawn: 'slow', namedServers: 1 });
    try {
      for (const name of ['alice', 'bob']) await named.addUser(name);
      expect((await named.post('/hub/spawn/bob/gpu', 'alice')).status).toBe(404);
      expect((await named.post('/hub/spawn/alice/..', 'alice')).status).toBe(404);
      expect((await named.post('/hub/spawn/alice/gpu', 'alice')).location).toBe(
        '/hub/spawn-pending/alice/gpu',
      );
      expect(named.store.servers.get(serverKey('alice', 'gpu'))?.state).toBe('queued');
      const second = await named.post('/hub/spawn/alice/cpu', 'alice');
      expect(second.status).toBe(400);
      expect(second.text).toContain('At most 1 named servers are allowed');
      expect((await named.get('/hub/home', 'alice')).text).toContain('Your server gpu');
    } finally {
      await named.close();
    }
  });
});

describe('the progress page', () => {
  it('shows the steps while it starts, and works without scripts', async () => {
    await house.post('/hub/spawn/alice', 'alice');
    const { status, text } = await house.get('/hub/spawn-pending/alice?next=%2Fuser%2Falice%2Flab', 'alice');
    expect(status).toBe(200);
    expect(text).toContain('<noscript><meta http-equiv="refresh" content="2"/></noscript>');
    expect(text).toContain('data-live="/hub/progress/alice?next=%2Fuser%2Falice%2Flab"');
    expect(text).toContain('Server requested');
    expect(text).toContain('action="/hub/stop/alice"');
  });

  it('cancels this very server, not another', async () => {
    await put({ user: 'alice', name: 'gpu', state: 'pulling' });
    await put({ user: 'alice', state: 'ready', target: 'http://127.0.0.1:9' });
    const { text } = await house.get('/hub/spawn-pending/alice/gpu', 'alice');
    expect(text).toContain('action="/hub/stop/alice/gpu"');
    expect((await house.post('/hub/stop/alice/gpu', 'alice')).location).toBe('/hub/home');
    expect(server('alice', 'gpu')?.state).toBe('stopped');
    expect(server('alice')?.state).toBe('ready');
  });

  it('leads on when it is ready', async () => {
    await house.runServer('alice');
    expect((await house.get('/hub/spawn-pending/alice', 'alice')).location).toBe('/user/alice/');
    const reply = await house.get('/hub/spawn-pending/alice?next=%2Fuser%2Falice%2Flab%3Fx', 'alice');
    expect(reply.location).toBe('/user/alice/lab?x');
  });

  it('tells why it failed, with the log as text; administrators learn more', async () => {
    const failure = {
      at: Date.now(),
      code: 'SPAWN-120',
      detail: 'the engine’s own words',
      exitCode: 17,
      outOfMemory: false,
      log: ['<script>alert(1)</script>'],
    };
    await put({ user: 'alice', state: 'failed', failure });
    const own = await house.get('/hub/spawn-pending/alice', 'alice');
    expect(own.status).toBe(500);
    expect(own.text).toContain('The notebook stopped while it was starting');
    expect(own.text).toContain('&lt;script>alert(1)&lt;/script>');
    expect(own.text).not.toContain('<script>alert');
    expect(own.text).not.toContain('the engine’s own words');
    const admins = await house.get('/hub/spawn-pending/alice', 'mary');
    expect(admins.text).toContain('the engine’s own words');
    expect(admins.text).toContain('exit code 17');
  });

  it('what ended by itself is not said to have failed to start', async () => {
    const failure = { at: 1, code: 'RUN-102', detail: '', exitCode: 137, outOfMemory: false, log: [] };
    await put({ user: 'alice', state: 'failed', failure });
    const { text } = await house.get('/hub/spawn-pending/alice', 'alice');
    expect(text).toContain('<h1>Your server has ended</h1>');
    expect(text).toContain('Your server ended by itself');
    expect(text).not.toContain('could not start');
    expect((await house.get('/hub/home', 'alice')).text).not.toContain('could not start');
  });

  it('a stopped server can be started from here', async () => {
    const reply = await house.get('/hub/spawn-pending/alice', 'alice');
    expect(reply.status).toBe(200);
    expect(reply.text).toContain('action="/hub/spawn/alice"');
  });
});

describe('the progress stream', () => {
  it('sends finished HTML, then the way on', async () => {
    await house.post('/hub/spawn/alice', 'alice');
    const stream = house.get('/hub/progress/alice?next=%2Fuser%2Falice%2Flab', 'alice');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await house.finishStart('alice', '', 'ready');
    const { headers, text } = await stream;
    expect(headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(text).toMatch(/^event: view\ndata: .*<ol class="steps">/);
    expect(text).toMatch(/event: go\ndata: \/user\/alice\/lab\n\n$/);
  });

  it('leads a failed start to its reason', async () => {
    await house.post('/hub/spawn/alice', 'alice');
    const stream = house.get('/hub/progress/alice', 'alice');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await house.finishStart('alice', '', 'failed');
    expect((await stream).text).toMatch(/event: go\ndata: \/hub\/spawn-pending\/alice\n\n$/);
  });

  it('waits for a stop to end, whatever was told of the start before', async () => {
    await house.post('/hub/spawn/alice', 'alice');
    await house.finishStart('alice', '', 'ready');
    await put({ user: 'alice', state: 'stopping' });
    const stream = house.get('/hub/progress/alice', 'alice');
    const early = await Promise.race([stream, new Promise((resolve) => setTimeout(resolve, 200))]);
    expect(early).toBeUndefined();
    await put({ user: 'alice', state: 'stopped' });
    house.hub.facts.tell({ kind: 'server-moved', user: 'alice', server: '', state: 'stopped' });
    expect((await stream).text).toBe('event: go\ndata: /hub/spawn-pending/alice\n\n');
  });

  it('of a cancelled start ends when it is stopped', async () => {
    await house.post('/hub/spawn/alice', 'alice');
    const stream = house.get('/hub/progress/alice', 'alice');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await house.post('/hub/stop/alice', 'alice');
    expect((await stream).text).toMatch(/event: go\ndata: \/hub\/spawn-pending\/alice\n\n$/);
  });

  it('ends at once for what is not starting', async () => {
    expect((await house.get('/hub/progress/alice', 'alice')).text).toBe(
      'event: go\ndata: /hub/spawn-pending/alice\n\n',
    );
  });

  it('is nobody else’s', async () => {
    expect((await house.get('/hub/progress/bob', 'alice')).status).toBe(404);
  });
});

describe('stop', () => {
  it('of somebody else’s server is refused, but not for administrators', async () => {
    await house.runServer('bob');
    expect((await house.post('/hub/stop/bob', 'alice')).status).toBe(404);
    expect(server('bob')?.state).toBe('ready');
    expect((await house.post('/hub/stop/bob', 'mary', { back: '/hub/admin' })).location).toBe('/hub/admin');
    expect(server('bob')?.state).toBe('stopped');
  });

  it('is no GET', async () => {
    await house.runServer('alice');
    expect((await house.get('/hub/stop/alice', 'alice')).status).toBe(404);
    expect(server('alice')?.state).toBe('ready');
  });
});

describe('error pages', () => {
  it('carry the number that the log knows, and a way on', async () => {
    const { status, text } = await house.get('/hub/nothing-here', 'alice');
    expect(status).toBe(404);
    expect(text).toMatch(/<code class="number">[a-km-np-z2-9]{8}<\/code>/);
    expect(text).toContain('href="/hub/home"');
  });

  it('tell administrators more', async () => {
    expect((await house.get('/hub/admin', 'alice')).text).not.toContain('admin-ui');
    expect((await house.get('/hub/admin/remove/mary', 'mary')).text).toContain('For the administrator');
  });

  it.each(['404', '502', '503', '504'])(
    'of the proxy for %s answer 200, to nobody in particular',
    async (code) => {
      const { status, text } = await house.get(
        `/hub/error/${code}?url=%2Fuser%2Falice%2F"><script>`,
        'alice',
      );
      expect(status).toBe(200);
      expect(text).toContain(`Error ${code}`);
      expect(text).not.toContain('<form');
      expect(text).not.toContain('alice');
    },
  );

  it('of the proxy for the hub itself do not send people to restart their server', async () => {
    const told = async (url: string) => (await house.get(`/hub/error/503?url=${url}`)).text;
    for (const own of ['%2Fhub%2Fhome', '%2F']) expect(await told(own)).toContain('Back in a moment');
    expect(await told('%2Fuser%2Falice%2Flab')).toContain('Your server is not answering');
    expect(await told('%2Fservices%2Fgrader%2F')).not.toContain('Back in a moment');
  });

  it('give scripts the same words as JSON', async () => {
    const reply = await house.get('/hub/nothing', 'alice', { accept: 'application/json' });
    expect(reply.status).toBe(404);
    expect(JSON.parse(reply.text).code).toBe('HTTP-404');
  });
});

describe('appearance', () => {
  it('is remembered in a cookie and rendered by the server', async () => {
    const reply = await house.post('/hub/appearance', 'alice', { theme: 'dark', next: '/hub/spawn/alice' });
    expect([reply.status, reply.location]).toEqual([303, '/hub/spawn/alice']);
    expect(String(reply.headers['set-cookie'])).toContain('berth-theme=dark; Path=/hub/');
    const session = await house.signIn('alice');
    const page = await house.get('/hub/home', null, { cookie: `${session.cookie}; berth-theme=dark` });
    expect(page.text).toContain('data-theme="dark"');
  });

  it.each([
    ['/hub/login?next=%2Fhub%2Fadmin', '/hub/login?next=%2Fhub%2Fadmin'],
    ['/hub/setup?token=abc', '/hub/setup?token=abc'],
    ['/hub/logout', '/hub/home'],
    ['//evil.com/hub/login', '/hub/home'],
    ['https://evil.com/hub/login', '/hub/home'],
  ])('comes back to %s as %s', async (next, location) => {
    expect((await house.post('/hub/appearance', 'alice', { theme: 'light', next })).location).toBe(location);
  });

  it('takes no other word', async () => {
    const reply = await house.post('/hub/appearance', 'alice', { theme: 'x; Path=/' });
    expect(String(reply.headers['set-cookie'])).toContain('berth-theme=system;');
  });
});
