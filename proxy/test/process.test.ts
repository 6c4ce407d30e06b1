import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer, request as httpsRequest } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, httpServer, until, upgrade } from './harness.ts';
import { certificate, freePort, MAIN, start } from './running-program.ts';

function httpsGet(port: number, ca: Buffer | undefined, path = '/'): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        agent: false,
        ...(ca === undefined ? { rejectUnauthorized: false } : { ca }),
      },
      (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve(body));
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

describe('SIGTERM', () => {
  it('lets a running request end, closes WebSockets, and exits 0', async () => {
    const proxy = await start(['--drain-timeout=5000']);
    const { url, server } = await httpServer(
      (_, response) => void setTimeout(() => response.end('whole'), 600),
    );
    server.on('upgrade', (_, socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
    );
    await proxy.post('/a', url);
    const socket = await upgrade(proxy.publicPort, '/a');
    await until(() => socket.heard().includes('101'));
    const answer = ask(proxy.publicPort, '/a');
    await sleep(150);
    proxy.child.kill('SIGTERM');
    await sleep(150);
    await expect(ask(proxy.publicPort, '/a')).rejects.toThrow(/ECONNREFUSED/);
    expect((await answer).body).toBe('whole');
    expect(await proxy.exit).toBe(0);
    await until(() => socket.closed);
  });

  it('does not wait beyond --drain-timeout', async () => {
    const proxy = await start(['--drain-timeout=300']);
    const { url } = await httpServer(() => undefined);
    await proxy.post('/a', url);
    const answer = ask(proxy.publicPort, '/a').catch((error: Error) => error.message);
    await sleep(150);
    const since = Date.now();
    proxy.child.kill('SIGTERM');
    expect(await proxy.exit).toBe(0);
    expect(Date.now() - since).toBeLessThan(3_000);
    expect(await answer).toMatch(/hang up|ECONNRESET/);
  });
});

describe('--storage-file', () => {
  it('keeps routes over kill -9, readable by nobody else', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'berth-routes-')), 'deep/routes.json');
    const { url } = await httpServer((_, response) => response.end('here'));
    const first = await start([`--storage-file=${file}`]);
    expect(await first.post('/user/a%40b', url, { user: 'a@b' })).toBe(201);
    expect(await first.post('/__proto__', url)).toBe(201);
    await until(() => existsSync(file) && readFileSync(file, 'utf8').includes('__proto__'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    first.child.kill('SIGKILL');
    await first.exit;
    const second = await start([`--storage-file=${file}`]);
    expect((await ask(second.publicPort, '/user/a@b/x')).body).toBe('here');
    expect((await ask(second.publicPort, '/__proto__')).body).toBe('here');
  });

  it('damaged: set aside, said in the log, and the proxy serves', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'berth-routes-')), 'routes.json');
    writeFileSync(file, '{"version":1,"routes":{"/x":');
    const proxy = await start([`--storage-file=${file}`]);
    expect((await ask(proxy.publicPort, '/_chp_healthz')).status).toBe(200);
    expect(proxy.log()).toContain('set aside');
    expect(existsSync(`${file}.bad`)).toBe(true);
  });
});

describe('TLS', () => {
  it('serves https, takes a renewed certificate at SIGHUP, keeps the old one when the new is broken', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'berth-tls-'));
    certificate(directory, 'first.example');
    const { url } = await httpServer((request, response) =>
      response.end(String(request.headers['x-forwarded-proto'])),
    );
    const redirectPort = await freePort();
    const proxy = await start([
      `--ssl-key=${directory}/key.pem`,
      `--ssl-cert=${directory}/cert.pem`,
      `--default-target=${url}`,
      `--redirect-port=${redirectPort}`,
      '--redirect-to=443',
    ]);
    expect(await httpsGet(proxy.publicPort, readFileSync(join(directory, 'cert.pem')))).toBe('https');
    const shownName = async (): Promise<string> => {
      const socket = connectTls({ host: '127.0.0.1', port: proxy.publicPort, rejectUnauthorized: false });
      await once(socket, 'secureConnect');
      const { CN } = socket.getPeerCertificate().subject;
      socket.destroy();
      return String(CN);
    };
    expect(await shownName()).toBe('first.example');
    certificate(directory, 'second.example');
    proxy.child.kill('SIGHUP');
    await until(() => proxy.log().includes('certificates read again'));
    expect(await shownName()).toBe('second.example');
    writeFileSync(join(directory, 'cert.pem'), 'broken');
    proxy.child.kill('SIGHUP');
    await until(() => proxy.log().includes('old ones stay'));
    expect(await shownName()).toBe('second.example');
    const redirect = await ask(redirectPort, '/user/alice?x=1', { headers: { host: 'hub.example:80' } });
    expect(redirect).toMatchObject({
      status: 301,
      headers: { location: 'https://hub.example/user/alice?x=1' },
    });
  });

  it('closes connections beyond --max-connections-per-address before it shakes hands', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'berth-tls-'));
    certificate(directory, 'hub.example');
    const proxy = await start([
      `--ssl-key=${directory}/key.pem`,
      `--ssl-cert=${directory}/cert.pem`,
      '--max-connections-per-address=3',
      '--trusted-proxies=none',
    ]);
    const shaken = async (): Promise<TLSSocket | undefined> => {
      const socket = connectTls({ host: '127.0.0.1', port: proxy.publicPort, rejectUnauthorized: false });
      // The proxy that ends with the test resets what it still holds.
      socket.on('error', () => undefined);
      return once(socket, 'secureConnect').then(
        () => socket,
        () => undefined,
      );
    };
    const held: (TLSSocket | undefined)[] = [];
    for (let i = 0; i < 30; i += 1) held.push(await shaken());
    expect(held.map((socket) => socket !== undefined).lastIndexOf(true)).toBe(2);
    // The flood is one line of the log, and no error.
    expect(proxy.log().match(/too many connections/g)).toHaveLength(1);
    expect(proxy.log()).not.toContain('uncaught');
    for (const socket of held) socket?.destroy();
    await expect.poll(async () => (await shaken()) !== undefined).toBe(true);
  });

  it('checks the certificate of an https target, unless --insecure', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'berth-tls-'));
    certificate(directory, 'notebook.example');
    const pem = {
      key: readFileSync(join(directory, 'key.pem')),
      cert: readFileSync(join(directory, 'cert.pem')),
    };
    const server = createHttpsServer(pem, (_, response) => response.end('secret')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const target = `--default-target=https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await ask((await start([target])).publicPort, '/')).status).toBe(503);
    expect(
      (await ask((await start([target, `--client-ssl-ca=${directory}/cert.pem`])).publicPort, '/')).body,
    ).toBe('secret');
    expect((await ask((await start([target, '--insecure'])).publicPort, '/')).body).toBe('secret');
  });
});

describe('unix sockets', () => {
  it('serve as public side, control API (mode 0600) and target; a stale one is replaced', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'berth-sock-'));
    const upstream = createHttpServer((_, response) => response.end('by socket')).listen(
      join(directory, 'nb.sock'),
    );
    await once(upstream, 'listening');
    onTestFinished(() => {
      upstream.closeAllConnections();
      upstream.close();
    });
    const args = [
      `--socket=${directory}/public.sock`,
      `--api-socket=${directory}/api.sock`,
      `--default-target=http+unix://${encodeURIComponent(`${directory}/nb.sock`)}`,
    ];
    for (let round = 0; round < 2; round += 1) {
      const child = spawn(process.execPath, [MAIN, ...args], {
        env: { PATH: process.env.PATH ?? '', CONFIGPROXY_AUTH_TOKEN: 't' },
      });
      let log = '';
      child.stdout.on('data', (chunk) => {
        log += chunk;
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      await until(() => log.includes('proxy is serving'), 8_000);
      expect(statSync(join(directory, 'api.sock')).mode & 0o777).toBe(0o600);
      const socket = connect(join(directory, 'public.sock'));
      let heard = '';
      socket.on('data', (chunk) => {
        heard += chunk;
      });
      socket.write('GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
      await until(() => heard.endsWith('by socket'));
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
});

describe('the command', () => {
  it.each([
    [['--storage-backend=x'], /not supported.*--storage-file/],
    [['--bogus'], /bogus/],
    [['--default-target=ftp://x'], /must start with http/],
    [['--trusted-proxies=nonsense'], /not an address/],
    [['--ssl-key=/none', '--ssl-cert=/none'], /cannot be read/],
  ])('%j ends with one sentence and code 2', async (args, sentence) => {
    const proxy = await start(args);
    expect(await proxy.exit).toBe(2);
    expect(proxy.log()).toMatch(sentence);
    expect(proxy.log().trim().split('\n')).toHaveLength(1);
  });

  it('says which port is taken', async () => {
    const { port } = await httpServer(() => undefined);
    const proxy = await start([`--port=${port}`]);
    expect(await proxy.exit).toBe(2);
    expect(proxy.log()).toContain(`127.0.0.1:${port}: the port is taken`);
  });

  it('reads the token from a file, writes a pid file and removes it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'berth-pid-'));
    writeFileSync(join(directory, 'token'), 'filed\n');
    const pidFile = join(directory, 'pid');
    const proxy = await start([`--pid-file=${pidFile}`], {
      CONFIGPROXY_AUTH_TOKEN_FILE: join(directory, 'token'),
    });
    await until(() => existsSync(pidFile));
    expect(readFileSync(pidFile, 'utf8')).toBe(String(proxy.child.pid));
    expect(
      (await ask(proxy.apiPort, '/api/routes', { headers: { authorization: 'token filed' } })).status,
    ).toBe(200);
    expect((await ask(proxy.apiPort, '/api/routes', { headers: { authorization: 'token t' } })).status).toBe(
      403,
    );
    expect(proxy.log()).not.toContain('filed');
    proxy.child.kill('SIGINT');
    expect(await proxy.exit).toBe(0);
    expect(existsSync(pidFile)).toBe(false);
  });
});
