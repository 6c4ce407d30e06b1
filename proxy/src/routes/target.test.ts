import { describe, expect, it } from 'vitest';
import { parseTarget, refuseLoop } from './target.ts';

describe('parseTarget', () => {
  it('reads http, https and unix targets', () => {
    expect(parseTarget('http://hub-control:8080')).toMatchObject({
      hostname: 'hub-control',
      port: 8080,
      tls: false,
      basePath: '',
      authority: 'hub-control:8080',
    });
    expect(parseTarget('https://10.0.0.2/base/')).toMatchObject({ port: 443, tls: true, basePath: '/base' });
    expect(parseTarget('http://[::1]:8888')).toMatchObject({
      hostname: '::1',
      port: 8888,
      authority: '[::1]:8888',
    });
    expect(parseTarget('http+unix://%2Frun%2Fnb.sock/x')).toMatchObject({
      socketPath: '/run/nb.sock',
      basePath: '/x',
    });
    expect(parseTarget('unix+http://%2Frun%2Fnb.sock').socketPath).toBe('/run/nb.sock');
    expect(parseTarget('http://jupyter_alice.internal:8888').hostname).toBe('jupyter_alice.internal');
  });

  it.each([
    'not a url',
    'ftp://host/',
    'http://user:pw@host:1/',
    'http://host:0/',
    'http://host:99999/',
    'http://host/?q',
    'http://host/#f',
    'http://169.254.169.254/',
    'http://[fe80::1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'http://metadata.google.internal/',
    'http+unix://relative.sock',
    'http+unix://%zz',
    'http://',
  ])('refuses %s with 400', (url) => {
    expect(() => parseTarget(url)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe('refuseLoop', () => {
  const listeners = [{ host: '10.1.1.1', port: 8000 }];
  it.each(['http://127.0.0.1:8000', 'http://localhost:8000', 'http://[::1]:8000', 'http://10.1.1.1:8000'])(
    'refuses %s, which is the proxy itself',
    (url) => {
      expect(() => refuseLoop(parseTarget(url), listeners)).toThrow(expect.objectContaining({ status: 400 }));
    },
  );
  it('takes other ports and hosts', () => {
    expect(() => refuseLoop(parseTarget('http://127.0.0.1:8888'), listeners)).not.toThrow();
    expect(() => refuseLoop(parseTarget('http://10.1.1.2:8000'), listeners)).not.toThrow();
  });
});
