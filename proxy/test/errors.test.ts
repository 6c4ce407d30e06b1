import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addRoute, answering, ask, httpServer, proxyWith, rawServer, talk, until } from './harness.ts';

describe('errors', () => {
  it('are a plain page that says what to do, and never echo the request', async () => {
    const proxy = await proxyWith();
    addRoute(proxy, '/dead', 'http://127.0.0.1:9');
    const reply = await ask(proxy.publicPort, '/dead/<script>alert(1)', { headers: { accept: 'text/html' } });
    expect(reply.status).toBe(503);
    expect(reply.body).toContain('Wait a moment');
    expect(reply.body).not.toContain('script');
    expect(reply.headers['retry-after']).toBe('5');
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it('are JSON for whoever asks for JSON', async () => {
    const proxy = await proxyWith();
    const reply = await ask(proxy.publicPort, '/x', { headers: { accept: 'application/json' } });
    expect(reply.headers['content-type']).toBe('application/json');
    expect(JSON.parse(reply.body)).toEqual({ status: 404, message: expect.any(String) });
  });

  it.each([
    ['nobody listens', 503],
    ['the connection is closed', 503],
    ['the answer is garbage', 502],
  ])('%s: %i', async (what, status) => {
    const proxy = await proxyWith();
    const target = what.startsWith('nobody')
      ? 'http://127.0.0.1:9'
      : what.startsWith('the answer')
        ? (await answering('garbage\r\n\r\n')).url
        : (await rawServer((socket) => socket.destroy())).url;
    addRoute(proxy, '/a', target);
    expect((await ask(proxy.publicPort, '/a')).status).toBe(status);
  });

  it('a HEAD has no body', async () => {
    const proxy = await proxyWith();
    expect(await talk(proxy.publicPort, 'HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 404 [\s\S]*\r\n\r\n$/,
    );
  });
});

describe('--error-target', () => {
  it('is asked GET <target>/<code>?url=<escaped> and its page sent with the original code', async () => {
    const asked: string[] = [];
    const { url } = await httpServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.cookie}`);
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Language': 'fr',
        'Set-Cookie': 'a=b',
      });
      response.end('<p>désolé</p>');
    });
    const proxy = await proxyWith(`--error-target=${url}/hub/error`);
    addRoute(proxy, '/dead', 'http://127.0.0.1:9');
    const reply = await ask(proxy.publicPort, '/dead/x?a=1&b', {
      method: 'POST',
      body: 'lost',
      headers: { cookie: 'secret=1' },
    });
    expect(asked).toEqual(['GET /hub/error/503?url=%2Fdead%2Fx%3Fa%3D1%26b undefined']);
    expect(reply.status).toBe(503);
    expect(Buffer.from(reply.body, 'latin1').toString()).toBe('<p>désolé</p>');
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'fr',
    });
    expect(reply.headers['set-cookie']).toBeUndefined();
    expect((await ask(proxy.publicPort, '/nowhere')).status).toBe(404);
    expect(asked).toHaveLength(2);
  });

  it('is told which languages the browser wants, when that is a wish and nothing else', async () => {
    const asked: (string | undefined)[] = [];
    const { url } = await httpServer((request, response) => {
      asked.push(request.headers['accept-language']);
      response.end('<p>weg</p>');
    });
    const proxy = await proxyWith(`--error-target=${url}/hub/error`);
    for (const wish of ['de-AT,de;q=0.9, *;q=0.1', 'x'.repeat(201), 'de"<']) {
      await ask(proxy.publicPort, '/nowhere', { headers: { 'accept-language': wish } });
    }
    expect(asked).toEqual(['de-AT,de;q=0.9, *;q=0.1', undefined, undefined]);
  });

  it('away or broken: our own page, and no socket left', async () => {
    for (const target of [
      'http://127.0.0.1:9',
      (await rawServer((socket) => socket.destroy())).url,
      (await answering('garbage\r\n\r\n')).url,
    ]) {
      const proxy = await proxyWith(`--error-target=${target}`);
      const reply = await ask(proxy.publicPort, '/nowhere');
      expect(reply.status).toBe(404);
      expect(reply.body).toContain('Check the address');
      addRoute(proxy, '/dead', 'http://127.0.0.1:9');
      expect((await ask(proxy.publicPort, '/dead/')).body).toContain('Notebooks that are running go on');
      expect(proxy.context.open.requests.size).toBe(0);
    }
  });

  it('silent: our own page after five seconds', async () => {
    const silent = await rawServer((socket) => socket.resume());
    const proxy = await proxyWith(`--error-target=${silent.url}`);
    expect((await ask(proxy.publicPort, '/nowhere')).body).toContain('Check the address');
    await until(() => silent.sockets.size === 0);
  });
});

it('--error-path serves <code>.html, then error.html, then our own page', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'berth-error-'));
  const proxy = await proxyWith(`--error-path=${directory}`);
  expect((await ask(proxy.publicPort, '/x')).body).toContain('Check the address');
  await writeFile(join(directory, 'error.html'), 'any');
  expect(await ask(proxy.publicPort, '/x')).toMatchObject({ status: 404, body: 'any' });
  await writeFile(join(directory, '404.html'), 'not here');
  expect(await ask(proxy.publicPort, '/x')).toMatchObject({ status: 404, body: 'not here' });
});
