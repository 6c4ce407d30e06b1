import { expect, test } from 'vitest';
import { readRouteTable } from './route-table.ts';

test('a route that somebody else made is known, and nobody’s', () => {
  const body = JSON.stringify({
    '/': { target: 'http://hub-control:8080', last_activity: '2026-01-05T09:00:00.000Z' },
  });
  expect(readRouteTable(body)).toEqual([
    {
      path: '/',
      target: 'http://hub-control:8080',
      user: null,
      server: null,
      lastActivity: Date.UTC(2026, 0, 5, 9),
    },
  ]);
});

test('a route of ours has its user and server', () => {
  const route = { target: 'http://172.18.0.5:8888', jupyterhub: true, user: 'ana', server_name: 'gpu' };
  expect(readRouteTable(JSON.stringify({ '/user/ana/gpu': route }))).toEqual([
    { path: '/user/ana/gpu/', target: route.target, user: 'ana', server: 'gpu', lastActivity: null },
  ]);
});

test.each(['', 'null', '[]', '{"/": 5}', '{"/": {}}', '<html>'])('%j is no table', (body) => {
  expect(() => readRouteTable(body)).toThrowError(/SPAWN-170/);
});
