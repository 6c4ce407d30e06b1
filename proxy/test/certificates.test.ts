import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { ask, httpServer, until } from './harness.ts';
import { certificate, freePort, start } from './running-program.ts';

describe('certificates that renew themselves', () => {
  it('takes a certificate that replaces the files, link and all, without a signal and without ending what is open', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'berth-tls-'));
    for (const name of ['one', 'two']) {
      mkdirSync(join(directory, name));
      certificate(join(directory, name), `${name}.example`);
    }
    symlinkSync('one', join(directory, 'current'));
    const { url } = await httpServer((_, response) => response.end('hello'));
    const proxy = await start(
      ['--ssl-key=/none/key.pem', '--ssl-cert=/none/cert.pem', `--default-target=${url}`],
      { CONFIGPROXY_SSL_FOLDER: join(directory, 'current') },
    );
    const open = connectTls({ host: '127.0.0.1', port: proxy.publicPort, rejectUnauthorized: false });
    await once(open, 'secureConnect');
    expect(open.getPeerCertificate().subject.CN).toBe('one.example');
    symlinkSync('two', join(directory, 'next'));
    renameSync(join(directory, 'next'), join(directory, 'current'));
    await until(() => proxy.log().includes('certificates read again'), 20_000);
    open.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    let answer = '';
    for await (const piece of open) answer += String(piece);
    expect(answer).toMatch(/^HTTP\/1\.1 200[\s\S]*hello$/);
    const fresh = connectTls({ host: '127.0.0.1', port: proxy.publicPort, rejectUnauthorized: false });
    await once(fresh, 'secureConnect');
    expect(fresh.getPeerCertificate().subject.CN).toBe('two.example');
    fresh.destroy();
  }, 30_000);

  it('answers the questions of certificate authorities on the port that leads to HTTPS, and gives away no other file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'berth-tls-'));
    certificate(directory, 'hub.example');
    const webroot = join(directory, 'challenges');
    mkdirSync(join(webroot, '.well-known/acme-challenge'), { recursive: true });
    writeFileSync(join(webroot, '.well-known/acme-challenge/tok-en_1'), 'tok-en_1.thumbprint');
    const redirectPort = await freePort();
    await start([
      `--ssl-key=${directory}/key.pem`,
      `--ssl-cert=${directory}/cert.pem`,
      `--redirect-port=${redirectPort}`,
      `--challenge-dir=${webroot}`,
    ]);
    const question = (token: string) => ask(redirectPort, `/.well-known/acme-challenge/${token}`);
    expect(await question('tok-en_1')).toMatchObject({ status: 200, body: 'tok-en_1.thumbprint' });
    for (const token of [
      'other',
      '../../../key.pem',
      '..%2f..%2f..%2fkey.pem',
      'tok-en_1?x',
      'tok-en_1/',
      '',
    ]) {
      expect((await question(token)).status, token).toBe(404);
    }
  });
});
