import { describe, expect, it } from 'vitest';
import { notebookHeaders, passableTrailers, rewriteLocation, withoutTrailer } from './response-fields.ts';

const ROUTE = '/user/alice';
const passes = (name: string, value: string): boolean =>
  notebookHeaders(['A', '1', name, value, 'B', '2'], ROUTE).includes(name);

describe('what a notebook may say', () => {
  it.each([
    ['Set-Cookie', 'jupyterhub-hub-login=x; Path=/hub/'],
    ['Set-Cookie', 'berth-session=x'],
    ['Set-Cookie', '__Host-berth-session=x; Path=/; Secure'],
    ['Set-Cookie', 'a=b; Domain=.example'],
    ['Set-Cookie', 'a=b; path=/user/alice/; DOMAIN=hub.example'],
    ['Set-Cookie', 'a=b; Path=/hub/'],
    ['Set-Cookie', 'a=b; Path=/user/alicex/'],
    ['Set-Cookie', 'a=b; Path=/user/alice/; Path=/hub/'],
    ['Set-Cookie', '_xsrf=x; Path=/'],
    ['Set-Cookie', 'jupyterhub-session-id=x; Path=/'],
    ['Service-Worker-Allowed', '/'],
    ['Clear-Site-Data', '"cookies"'],
    ['Alt-Svc', 'h3=":443"'],
    ['X-Accel-Redirect', '/internal'],
    ['X-Sendfile', '/etc/passwd'],
    ['NEL', '{}'],
    ['Report-To', '{}'],
  ])('%s: %s is dropped', (name, value) => {
    expect(notebookHeaders(['A', '1', name, value, 'B', '2'], ROUTE)).toEqual(['A', '1', 'B', '2']);
  });

  it.each([
    ['Set-Cookie', '_xsrf=x; Path=/user/alice/'],
    ['Set-Cookie', 'jupyterhub-user-alice=x; Path=/user/alice/; HttpOnly'],
    ['Set-Cookie', 'session=x; Path=/'],
    ['Set-Cookie', 'session=x'],
    ['Service-Worker-Allowed', '/user/alice/code-server/'],
    ['X-Accel-Buffering', 'no'],
    ['Location', '//elsewhere.example/'],
    ['Content-Security-Policy', "default-src 'self'"],
  ])('%s: %s passes', (name, value) => expect(passes(name, value)).toBe(true));

  it('knows its own path however it is escaped', () => {
    expect(notebookHeaders(['Set-Cookie', 'a=b; Path=/user/a%40b/'], '/user/a@b')).toHaveLength(2);
  });
});

describe('trailers', () => {
  it('may not change framing, routing or cookies', () => {
    expect(
      passableTrailers([
        'X-Sum',
        '1',
        'Content-Length',
        '9',
        'Set-Cookie',
        'a=b',
        'Transfer-Encoding',
        'x',
        'Server-Timing',
        't',
      ]),
    ).toEqual([
      ['X-Sum', '1'],
      ['Server-Timing', 't'],
    ]);
  });
  it('are not announced where none can follow', () => {
    expect(withoutTrailer(['A', '1', 'TRAILER', 'X-Sum', 'B', 'trailer'])).toEqual([
      'A',
      '1',
      'B',
      'trailer',
    ]);
  });
});

describe('Location', () => {
  const rules = { autoRewrite: true, protocolRewrite: 'https' };
  it('is rewritten only on redirects that name the target', () => {
    expect(
      rewriteLocation(['Location', 'http://10.0.0.2:8888/x'], 302, '10.0.0.2:8888', 'hub.example', rules),
    ).toEqual(['Location', 'https://hub.example/x']);
    for (const [status, value] of [
      [200, 'http://10.0.0.2:8888/x'],
      [302, 'http://other/x'],
      [302, '/relative'],
    ] as const) {
      expect(rewriteLocation(['Location', value], status, '10.0.0.2:8888', 'hub.example', rules)).toEqual([
        'Location',
        value,
      ]);
    }
  });
});
