import { describe, expect, it } from 'vitest';
import { type Peer, readRequestFields } from './request-head.ts';

const stranger: Peer = { address: '203.0.113.9', trusted: false, tls: false };
const front: Peer = { address: '127.0.0.1', trusted: true, tls: false };
const rules = { xForward: true, customHeaders: new Map() };

function lines(
  headers: readonly string[],
  peer: Peer = stranger,
  { notebook = false, minor = 1, custom = rules } = {},
): string[] {
  const raw = ['Host', 'hub.example:8443', ...headers];
  return readRequestFields(raw, minor, peer, notebook, custom).lines.split('\r\n').slice(0, -1);
}

describe('hop-by-hop fields (RFC 9110 §7.6.1)', () => {
  it('are dropped, with everything that Connection names', () => {
    const kept = lines([
      'Connection',
      'keep-alive, X-Hop',
      'X-Hop',
      '1',
      'TE',
      'trailers',
      'Keep-Alive',
      'x',
      'Proxy-Authorization',
      'x',
      'Upgrade',
      'h2c',
      'HTTP2-Settings',
      'x',
      'X-End',
      '2',
    ]);
    expect(kept.filter((line) => !line.startsWith('X-Forwarded-'))).toEqual(['X-End: 2']);
  });

  it('cannot name away what the message needs', () => {
    const kept = lines([
      'Connection',
      'Cookie, Authorization, Content-Length, Transfer-Encoding, X-Forwarded-For, Origin',
      'Cookie',
      'a=b',
      'Authorization',
      'token t',
      'Content-Length',
      '3',
      'Origin',
      'https://x',
    ]);
    expect(kept).toEqual(
      expect.arrayContaining([
        'Cookie: a=b',
        'Authorization: token t',
        'Content-Length: 3',
        'Origin: https://x',
        'X-Forwarded-For: 203.0.113.9',
      ]),
    );
  });
});

describe('X-Forwarded-*', () => {
  const spoofed = [
    'X-Forwarded-For',
    '1.2.3.4',
    'X-Forwarded-Proto',
    'https',
    'X-Forwarded-Host',
    'evil',
    'X-Forwarded-Port',
    '1',
    'X-Forwarded-Prefix',
    '/x',
    'Forwarded',
    'for=1.2.3.4',
    'X-Real-IP',
    '1.2.3.4',
    'X-Scheme',
    'https',
  ];

  it('of a stranger are replaced by our own', () => {
    expect(lines(spoofed)).toEqual([
      'X-Forwarded-For: 203.0.113.9',
      'X-Forwarded-Proto: http',
      'X-Forwarded-Host: hub.example:8443',
      'X-Forwarded-Port: 8443',
    ]);
  });

  it('of a trusted proxy are kept: For is appended to, Proto never', () => {
    expect(lines(spoofed, front)).toEqual([
      'X-Forwarded-Prefix: /x',
      'Forwarded: for=1.2.3.4',
      'X-Real-IP: 1.2.3.4',
      'X-Scheme: https',
      'X-Forwarded-For: 1.2.3.4, 127.0.0.1',
      'X-Forwarded-Proto: https',
      'X-Forwarded-Host: evil',
      'X-Forwarded-Port: 1',
    ]);
  });

  it('are not added with --no-x-forward, and a stranger’s are still dropped', () => {
    expect(lines(spoofed, stranger, { custom: { ...rules, xForward: false } })).toEqual([]);
  });

  it('say https on a TLS connection', () => {
    expect(lines([], { ...stranger, tls: true })).toContain('X-Forwarded-Proto: https');
  });
});

describe('identity headers', () => {
  it.each(['Remote-User', 'X-Remote-User', 'X-Hub-User', 'X-Forwarded-User', 'X-JupyterHub-Anything'])(
    '%s is dropped even from a trusted proxy',
    (name) => {
      expect(lines([name, 'admin'], front).join('\n')).not.toContain('admin');
    },
  );
});

describe('the hub’s cookies', () => {
  const cookie = [
    'Cookie',
    'jupyterhub-hub-login=s; _xsrf=x; berth-session=1; jupyterhub-session-id=i',
    'Cookie',
    '__Host-berth-a=1; jupyterhub-user-alice=t',
  ];
  it('do not reach a notebook; what Jupyter needs does', () => {
    expect(lines(cookie, stranger, { notebook: true })).toContain(
      'Cookie: _xsrf=x; jupyterhub-session-id=i; jupyterhub-user-alice=t',
    );
  });
  it('leave no empty Cookie header behind', () => {
    expect(lines(['Cookie', 'berth-a=1'], stranger, { notebook: true }).join('\n')).not.toContain('Cookie');
  });
  it('reach the hub', () => {
    expect(lines(cookie)).toContain(
      'Cookie: jupyterhub-hub-login=s; _xsrf=x; berth-session=1; jupyterhub-session-id=i; __Host-berth-a=1; jupyterhub-user-alice=t',
    );
  });
});

describe('framing', () => {
  it('is kept as it came', () => {
    expect(lines(['Content-Length', '5'])).toContain('Content-Length: 5');
    expect(lines(['Transfer-Encoding', 'Chunked', 'Trailer', 'X-Sum'])).toEqual(
      expect.arrayContaining(['Transfer-Encoding: chunked', 'Trailer: X-Sum']),
    );
    expect(lines(['Trailer', 'X-Sum']).join('\n')).not.toContain('Trailer');
  });
  it.each([
    [['Transfer-Encoding', 'gzip, chunked'], 1, 501],
    [['Transfer-Encoding', 'identity'], 1, 501],
    [['Transfer-Encoding', 'chunked'], 0, 400],
  ] as const)('%j over HTTP/1.%i is refused with %i', (headers, minor, status) => {
    expect(() => lines(headers, stranger, { minor })).toThrow(expect.objectContaining({ status }));
  });
});

describe('Host', () => {
  it.each(['hub.example@evil', 'a b', 'hub/evil', '[::1', 'x'.repeat(300), 'hub:port', ''])(
    '%j is refused with 400',
    (host) => {
      expect(() => readRequestFields(['Host', host], 1, stranger, false, rules)).toThrow(
        expect.objectContaining({ status: 400 }),
      );
    },
  );
  it('is refused when it stands twice', () => {
    expect(() => lines(['Host', 'hub.example'])).toThrow(expect.objectContaining({ status: 400 }));
  });
  it.each(['hub.example', 'hub:8000', '[::1]:8000', '127.0.0.1'])('%s is taken', (host) => {
    expect(readRequestFields(['Host', host], 1, stranger, false, rules).host).toBe(host);
  });
});

describe('limits and additions', () => {
  it('refuses more than 200 fields with 431', () => {
    expect(() => lines(Array.from({ length: 402 }, () => 'x'))).toThrow(
      expect.objectContaining({ status: 431 }),
    );
  });
  it('lets a custom header replace the client’s', () => {
    const custom = { ...rules, customHeaders: new Map([['x-lab', { name: 'X-Lab', value: 'ours' }]]) };
    expect(lines(['x-LAB', 'theirs'], stranger, { custom }).filter((line) => /x-lab/i.test(line))).toEqual([
      'X-Lab: ours',
    ]);
  });
  it('keeps other fields in their order, spelling and number', () => {
    expect(lines(['x-B', '1', 'X-a', '2', 'x-B', '3']).slice(0, 3)).toEqual(['x-B: 1', 'X-a: 2', 'x-B: 3']);
  });
});

// Found by the fuzzer.
it.each([
  [['Transfer-Encoding', 'chunked', 'Transfer-Encoding', 'chunked']],
  [['Content-Length', '5', 'Content-Length', '5']],
  [['Content-Length', '0', 'Transfer-Encoding', 'chunked']],
])('a length that is said twice is refused: %j', (headers) => {
  expect(() => lines(headers)).toThrow('more than once how long');
});
