import { expect, test } from 'vitest';
import { serverPath } from '../../domain/server.ts';
import { apiPath, pathOfKey } from './route-dialect.ts';
import { readRouteTable } from './route-table.ts';

test.each([
  ['alice', ''],
  ['alice', 'gpu'],
  ['ann@uni.edu', 'my gpu'],
  ['foo.bar', 'größe 100%'],
  ['a_b', 'x@y~z!'],
])("the path of %s's server %j comes back from the proxy's table as it went in", (user, name) => {
  for (const baseUrl of ['/', '/jhub/']) {
    const path = serverPath(baseUrl, user, name);
    // The proxy decodes each segment and keeps no slash at the end.
    const key = apiPath(path).slice('/api/routes'.length).split('/').map(decodeURIComponent).join('/');
    expect(pathOfKey(key)).toBe(path);
  }
});

test('the default route is the root in both dialects', () => {
  expect(apiPath('/')).toBe('/api/routes');
  expect(pathOfKey('/')).toBe('/');
});

test("the table of a real configurable-http-proxy: the hub's own and other people's routes have no user", () => {
  const table = {
    '/': {
      hub: true,
      target: 'http://127.0.0.1:8081',
      jupyterhub: true,
      last_activity: '2026-11-21T08:00:00.000Z',
    },
    '/user/alice': {
      user: 'alice',
      server_name: '',
      target: 'http://172.18.0.5:8888',
      jupyterhub: true,
      last_activity: '2026-11-21T08:41:11.537Z',
    },
    '/mine': { target: 'http://127.0.0.1:1', user: 'alice', last_activity: 'never' },
  };
  expect(readRouteTable(JSON.stringify(table))).toEqual([
    {
      path: '/',
      target: 'http://127.0.0.1:8081',
      user: null,
      server: null,
      lastActivity: Date.UTC(2026, 10, 21, 8),
    },
    {
      path: '/user/alice/',
      target: 'http://172.18.0.5:8888',
      user: 'alice',
      server: '',
      lastActivity: Date.UTC(2026, 10, 21, 8, 41, 11, 537),
    },
    { path: '/mine/', target: 'http://127.0.0.1:1', user: null, server: null, lastActivity: null },
  ]);
});

test.each(['', 'no', '[]', '{"/x":{}}', '{"/x":{"target":7}}'])('what is no table is refused: %s', (body) => {
  expect(() => readRouteTable(body)).toThrow('SPAWN-170');
});
