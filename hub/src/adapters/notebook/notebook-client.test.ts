import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { makeNotebookClient } from './notebook-client.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serving(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Answers as Jupyter Server 2 does; `null` is a 404. */
const jupyter =
  (answers: Record<string, unknown>): RequestListener =>
  (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '');
    const body = answers[path] ?? null;
    response.statusCode = body === null ? 404 : request.headers.authorization === 'token t' ? 200 : 403;
    response.end(JSON.stringify(body));
  };

const kernel = (state: string, at: string) => ({
  id: 'k',
  execution_state: state,
  last_activity: at,
  connections: 1,
});
const notebook = makeNotebookClient();

test('a busy kernel is told from one that is idle, and the latest activity counts', async () => {
  const target = await serving(
    jupyter({
      '/user/a/api/status': { last_activity: '2026-11-21T08:00:00Z', kernels: 2 },
      '/user/a/api/kernels': [
        kernel('busy', '2026-11-21T08:30:00.123456Z'),
        kernel('idle', '2026-11-21T07:00:00Z'),
      ],
      '/user/a/api/terminals': [{ name: '1', last_activity: '2026-11-21T08:20:00Z' }],
    }),
  );
  expect(await notebook.status(target, '/user/a/', 't')).toEqual({
    kernels: 2,
    busyKernels: 1,
    terminals: 1,
    lastActivity: Date.UTC(2026, 10, 21, 8, 30, 0, 123),
    lastWork: Date.UTC(2026, 10, 21, 8, 30, 0, 123),
    idleKernels: [{ id: 'k', connections: 1, lastActivity: Date.UTC(2026, 10, 21, 7) }],
  });
});

test('a server with its terminals and status page switched off still counts', async () => {
  const target = await serving(jupyter({ '/api/kernels': [] }));
  expect(await notebook.status(target, '/', 't')).toEqual({
    kernels: 0,
    busyKernels: 0,
    terminals: 0,
    lastActivity: null,
    lastWork: null,
    idleKernels: [],
  });
});

test('asking does not count as activity, and the token goes to no other place', async () => {
  const asked: string[] = [];
  const target = await serving((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect(await notebook.status(target, '/user/a/', 't')).toBeNull();
  expect(asked).toHaveLength(3);
  expect(asked.every((url) => url.endsWith('?no_track_activity=1'))).toBe(true);
});

test.each([
  ['refuses the token', jupyter({ '/api/kernels': [] }), 'another'],
  ['is no notebook', jupyter({ '/api/kernels': { error: 'what?' } }), 't'],
  ['sends no JSON', (_: unknown, response: { end(text: string): void }) => response.end('<html>'), 't'],
] as const)('one that %s says nothing', async (_, listener, token) => {
  const target = await serving(listener as RequestListener);
  expect(await notebook.status(target, '/', token)).toBeNull();
});

test('an answer without end is not read to its end', async () => {
  let sent = 0;
  const target = await serving((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536))) sent += 65_536;
    };
    response.on('drain', more);
    more();
  });
  expect(await notebook.status(target, '/', 't')).toBeNull();
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});

test.each([
  [200, true],
  [302, true],
  [403, true],
  [404, true],
  [500, false],
  [503, false],
])('a %d says that the server is up: %s', async (status, up) => {
  const target = await serving((request, response) => {
    response.writeHead(request.url === '/user/a/api' ? status : 599).end();
  });
  expect(await notebook.answers(target, '/user/a/', AbortSignal.timeout(2_000))).toBe(up);
});

test('nobody listening is no answer, and no exception', async () => {
  expect(await notebook.answers('http://127.0.0.1:9', '/', AbortSignal.timeout(2_000))).toBe(false);
});

test('the question ends with its signal', async () => {
  const target = await serving(() => {});
  const began = Date.now();
  expect(await notebook.answers(target, '/', AbortSignal.timeout(100))).toBe(false);
  expect(Date.now() - began).toBeLessThan(1_000);
});
