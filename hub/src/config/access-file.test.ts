import { expect, test } from 'vitest';
import { parseAccess } from './access-file.ts';

test('roles and services are read as a z2jh config has them', () => {
  const text = JSON.stringify({
    loadRoles: { culler: { scopes: ['list:users'], services: ['cull'] } },
    services: {
      cull: { apiToken: 'x'.repeat(32) },
      web: { name: 'site', url: 'http://web:8000', oauth_no_confirm: true },
    },
  });
  const { roles, services } = parseAccess(text, 'access.json');
  expect(roles).toEqual([
    { name: 'culler', description: '', scopes: ['list:users'], users: [], groups: [], services: ['cull'] },
  ]);
  expect(services).toMatchObject([
    { name: 'cull', apiToken: 'x'.repeat(32) },
    { name: 'site', url: 'http://web:8000', trusted: true },
  ]);
});

test.each([
  ['{', /JSON/],
  ['{"roles": {}}', /Unrecognized key/],
  ['{"services": {"x": {"apiToken": "short"}}}', /services\.x\.apiToken/],
  ['{"services": {"x": {"command": ["rm"]}}}', /services\.x/],
  ['{"loadRoles": {"x": {"scopes": "self"}}}', /loadRoles\.x\.scopes/],
])('%s is refused with its place', (text, reason) => {
  expect(() => parseAccess(text, 'access.json')).toThrow(reason);
  expect(() => parseAccess(text, 'access.json')).toThrow(/^access\.json/);
});
