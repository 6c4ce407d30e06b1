import { cookies, oauth } from './oauth-requests.ts';
import { shares } from './share-requests.ts';
import { type Step, step } from './step.ts';

const PAGES = { headers: { accept: 'application/jupyterhub-pagination+json' } };

/** Tokens that the steps are sent with: made first, on both hubs alike. */
export const TOKENS: readonly Step[] = [
  step('root', 'POST', '/users', { usernames: ['bob', 'eve'] }),
  ...['mary', 'alice', 'bob', 'tess', 'mo'].map((name) =>
    step('root', 'POST', `/users/${name}/tokens`, { note: 'conformance' }, { save: [name, 'token'] }),
  ),
  ...Object.entries({
    'names-only': ['list:users'],
    'servers-only': ['read:servers'],
    'groups-only': ['list:groups', 'read:groups:name'],
    'one-user': ['read:users!user=alice', 'list:users!user=alice', 'servers!user=alice'],
    'one-server': ['read:servers!server=alice/', 'servers!server=alice/'],
    'token-maker': ['tokens'],
    'hub-reader': ['read:hub', 'proxy', 'read:metrics'],
  }).map(([name, scopes]) =>
    step('root', 'POST', '/users/mary/tokens', { note: name, scopes }, { save: [name, 'token'] }),
  ),
];

const PEOPLE = ['nobody', 'stranger', 'alice', 'mary', 'cull', 'names-only', 'servers-only', 'one-user'];

/** Reading: who sees what, of whom. */
const reading: readonly Step[] = [
  ...[
    '',
    '/',
    '/info',
    '/user',
    '/users',
    '/users/alice',
    '/users/bob',
    '/users/nix',
    '/groups',
    '/groups/nix',
  ]
    .concat([
      '/services',
      '/services/grades',
      '/services/nix',
      '/proxy',
      '/users/alice/tokens',
      '/users/bob/tokens',
    ])
    .concat(['/users/alice/tokens/a0', '/users/alice/tokens/zz', '/users/alice/server/progress'])
    .flatMap((path) => PEOPLE.map((as) => step(as, 'GET', path)))
    // What it lists is a matter of each proxy and each Python.
    .filter(({ as, path }) => !(['/proxy', '/info'].includes(path) && as === 'mary')),
  ...['groups-only', 'one-server', 'tess', 'mo', 'root', 'grades'].flatMap((as) =>
    ['/user', '/users', '/users/alice', '/groups', '/services'].map((path) => step(as, 'GET', path)),
  ),
];

const lists: readonly Step[] = [
  ...[
    'state=active',
    'state=ready',
    'state=inactive',
    'state=nix',
    'sort=id',
    'sort=-id',
    'sort=name',
    'sort=-name',
    'sort=nix',
  ]
    .concat([
      'name_filter=a',
      'name_filter=A',
      'name_filter=nix',
      'limit=2',
      'limit=0',
      'limit=-1',
      'limit=x',
      'limit=1.5',
    ])
    .concat([
      'offset=1',
      'offset=-1',
      'offset=x',
      'offset=100',
      'limit=2&offset=1',
      'include_stopped_servers=1',
    ])
    .flatMap((query) => [
      step('mary', 'GET', `/users?${query}`),
      step('mary', 'GET', `/users?${query}`, undefined, PAGES),
    ]),
  step('tess', 'GET', '/users', undefined, PAGES),
  step('mary', 'GET', '/groups', undefined, PAGES),
  step('mary', 'GET', '/groups?limit=x'),
];

/** Changing what one may not change. */
const refused: readonly Step[] = [
  ...(
    [
      ['POST', '/users', { usernames: ['x'] }],
      ['POST', '/users/x', undefined],
      ['PATCH', '/users/bob', { admin: true }],
      ['DELETE', '/users/bob', undefined],
      ['POST', '/users/bob/activity', { last_activity: '2020-01-01T00:00:00Z' }],
      ['POST', '/users/bob/server', {}],
      ['POST', '/users/bob/servers/x', {}],
      ['DELETE', '/users/bob/server', undefined],
      ['DELETE', '/users/bob/servers/x', undefined],
      ['POST', '/users/bob/admin-access', undefined],
      ['DELETE', '/users/bob/tokens/a1', undefined],
      ['POST', '/groups', { groups: ['x'] }],
      ['POST', '/groups/x', {}],
      ['DELETE', '/groups/x', undefined],
      ['POST', '/groups/x/users', { users: ['bob'] }],
      ['PUT', '/groups/x/properties', {}],
      ['POST', '/services/x', {}],
      ['DELETE', '/services/x', undefined],
      ['POST', '/proxy', undefined],
      ['PATCH', '/proxy', {}],
      ['POST', '/shutdown', {}],
    ] as const
  ).flatMap(([method, path, body]) =>
    ['nobody', 'stranger', 'alice', 'names-only', 'cull'].map((as) => step(as, method, path, body)),
  ),
  step('nobody', 'POST', '/users/bob/tokens', {}),
  step('alice', 'POST', '/users/bob/tokens', {}),
  step('alice', 'POST', '/users/nix/tokens', {}),
  step('mo', 'POST', '/users', { usernames: ['x'], admin: true }),
  step('mo', 'PATCH', '/users/mary', { admin: false }),
  step('mo', 'PATCH', '/users/bob', { admin: true }),
  step('mo', 'POST', '/users/x', { admin: true }),
];

const frame: readonly Step[] = [
  ...['PUT', 'PATCH', 'DELETE'].map((method) => step('mary', method, '/users')),
  ...['POST', 'PUT', 'DELETE'].map((method) => step('mary', method, '/info')),
  step('mary', 'PUT', '/users/alice/server'),
  step('mary', 'DELETE', '/proxy'),
  step('mary', 'GET', '/shutdown'),
  step('mary', 'GET', '/oauth2/token'),
  step('mary', 'GET', '/nix'),
  step('nobody', 'GET', '/nix'),
  step('nobody', 'OPTIONS', '/users'),
  step('nobody', 'OPTIONS', '/users/alice/server'),
  step('mary', 'GET', '/USERS'),
  step('mary', 'GET', '/users/'),
  ...['Bearer', 'bearer', 'Token'].map((scheme) =>
    step('nobody', 'GET', '/user', undefined, {
      headers: { authorization: `${scheme} conformance-token-of-cull` },
    }),
  ),
];

const users: readonly Step[] = [
  step('mary', 'POST', '/users', undefined, { raw: '{' }),
  step('mary', 'POST', '/users'),
  step('mary', 'POST', '/users', []),
  step('mary', 'POST', '/users', {}),
  step('mary', 'POST', '/users', { usernames: [] }),
  step('mary', 'POST', '/users', { usernames: ['a/b'] }),
  step('mary', 'POST', '/users', { usernames: ['good', 'a/b', 'c/d'] }),
  step('mary', 'POST', '/users', { usernames: ['x'], admin: 'yes' }),
  step('mary', 'POST', '/users', { usernames: ['x'], nix: 1 }),
  step('mary', 'POST', '/users', { usernames: ['Carol', 'dan'] }),
  step('mary', 'POST', '/users', { usernames: ['carol', 'dan'] }),
  step('mary', 'POST', '/users', { usernames: ['carol', 'fay'], admin: true }),
  step('mary', 'POST', '/users/carol'),
  step('mary', 'POST', '/users/gus', { admin: true }),
  step('mary', 'POST', '/users/hal', { admin: 3 }),
  step('mary', 'POST', '/users/hal'),
  step('mary', 'PATCH', '/users/hal', { admin: true }),
  step('mary', 'PATCH', '/users/hal', { admin: 'x' }),
  step('mary', 'PATCH', '/users/hal', { nix: 1 }),
  step('mary', 'PATCH', '/users/hal', undefined, { raw: '[' }),
  step('mary', 'PATCH', '/users/hal', { name: 'alice' }),
  step('mary', 'PATCH', '/users/hal', { name: 'harold' }),
  step('mary', 'GET', '/users/harold'),
  step('mary', 'GET', '/users/hal'),
  step('mary', 'PATCH', '/users/nix', {}),
  step('mo', 'PATCH', '/users/harold', { admin: false }),
  step('mary', 'DELETE', '/users/harold'),
  step('mary', 'DELETE', '/users/harold'),
  step('mary', 'DELETE', '/users/mary'),
  step('mary', 'DELETE', '/users/nix'),
];

const NOW = '2024-01-01T00:00:00.000000Z';
const activity: readonly Step[] = [
  step('alice', 'POST', '/users/alice/activity'),
  step('alice', 'POST', '/users/alice/activity', []),
  step('alice', 'POST', '/users/alice/activity', {}),
  step('alice', 'POST', '/users/alice/activity', { last_activity: 'soon' }),
  step('alice', 'POST', '/users/alice/activity', { last_activity: '2999-01-01T00:00:00Z' }),
  step('alice', 'POST', '/users/alice/activity', { servers: { nix: { last_activity: NOW } } }),
  step('alice', 'POST', '/users/alice/activity', { servers: { '': {} } }),
  step('alice', 'POST', '/users/alice/activity', { servers: [] }),
  step('alice', 'POST', '/users/alice/activity', { servers: 3 }),
  step('alice', 'POST', '/users/alice/activity', { last_activity: NOW }),
  step('alice', 'POST', '/users/alice/activity', {
    last_activity: NOW,
    servers: { '': { last_activity: NOW } },
  }),
  step('mary', 'POST', '/users/nix/activity', { last_activity: NOW }),
];

const servers: readonly Step[] = [
  step('mary', 'POST', '/users/nix/server', {}),
  // Not `image`: whether one may be chosen is each spawner's own matter.
  step('alice', 'POST', '/users/alice/server', { note: 'x' }),
  step('alice', 'POST', '/users/alice/server', {}),
  step('alice', 'POST', '/users/alice/servers/', {}),
  step('alice', 'GET', '/users/alice'),
  step('mary', 'GET', '/users/alice'),
  step('one-server', 'GET', '/users/alice'),
  step('one-user', 'GET', '/users/alice'),
  step('servers-only', 'GET', '/users/alice'),
  step('cull', 'GET', '/users?state=ready', undefined, PAGES),
  step('cull', 'GET', '/users?state=inactive', undefined, PAGES),
  step('mary', 'GET', '/users?state=active'),
  step('alice', 'GET', '/users/alice/server/progress'),
  step('bob', 'GET', '/users/bob/server/progress'),
  step('alice', 'GET', '/users/alice/servers/nix/progress'),
  ...activity,
  step('alice', 'DELETE', '/users/alice/server', { remove: true }),
  step('one-server', 'DELETE', '/users/alice/server'),
  step('alice', 'DELETE', '/users/alice/server'),
  step('alice', 'POST', '/users/alice/servers/gpu', {}),
  step('alice', 'POST', '/users/alice/servers/gpu', {}),
  step('alice', 'POST', '/users/alice/servers/big', {}),
  step('alice', 'POST', '/users/alice/servers/third', {}),
  step('alice', 'GET', '/users/alice'),
  step('alice', 'DELETE', '/users/alice/servers/gpu'),
  step('alice', 'GET', '/users/alice?include_stopped_servers=1'),
  step('alice', 'DELETE', '/users/alice/servers/gpu', { remove: true }),
  step('alice', 'DELETE', '/users/alice/servers/gpu'),
  step('cull', 'DELETE', '/users/alice/servers/big', { remove: true }),
  step('alice', 'DELETE', '/users/alice/servers/nix'),
  step('alice', 'GET', '/users/alice?include_stopped_servers=1'),
];

const TOKEN_BODIES: readonly unknown[] = [
  ...[
    [],
    3,
    'x',
    { note: 'n' },
    { expires_in: 'x' },
    { expires_in: 60 },
    { scopes: 'self' },
    { scopes: [3] },
  ],
  ...[
    ['nix'],
    ['admin:users'],
    ['read:users!user'],
    ['self'],
    [],
    ['servers!server=bob/'],
    ['users!group=x'],
  ].map((scopes) => ({ scopes })),
  ...[['admin'], ['token'], ['nix'], 3].map((roles) => ({ roles })),
];
const tokens: readonly Step[] = [
  ...TOKEN_BODIES.map((body) => step('alice', 'POST', '/users/alice/tokens', body)),
  step('alice', 'POST', '/users/alice/tokens', undefined, { raw: 'x' }),
  step('alice', 'POST', '/users/alice/tokens'),
  step('mary', 'POST', '/users/alice/tokens', {}),
  step('token-maker', 'POST', '/users/alice/tokens', {}),
  step(
    'alice',
    'POST',
    '/users/alice/tokens',
    { note: 'mine', scopes: ['self'] },
    { save: ['mine', 'token'] },
  ),
  step('mine', 'GET', '/user', undefined, { save: ['mine-id', 'token_id'] }),
  step('alice', 'GET', '/users/alice/tokens/{mine-id}'),
  step('bob', 'GET', '/users/alice/tokens/{mine-id}'),
  step('alice', 'DELETE', '/users/alice/tokens/{mine-id}'),
  step('alice', 'DELETE', '/users/alice/tokens/{mine-id}'),
  step('mine', 'GET', '/user'),
  step('mary', 'GET', '/authorizations/token/{bob}'),
  step('mary', 'GET', '/authorizations/token/nix'),
  step('nobody', 'GET', '/authorizations/token/{bob}'),
  step('mary', 'POST', '/authorizations/token'),
  step('mary', 'GET', '/authorizations/cookie/x/y'),
];

const GROUP_BODIES: readonly unknown[] = [
  ...[undefined, [], {}, { groups: [] }, { groups: ['x'], users: ['nix'] }],
  ...[{ groups: ['class', 'empty'], users: ['alice'] }, { groups: ['class'] }, { groups: ['y'], nix: 1 }],
];
const groups: readonly Step[] = [
  ...GROUP_BODIES.map((body) => step('mary', 'POST', '/groups', body)),
  step('mary', 'POST', '/groups/class'),
  step('mary', 'POST', '/groups/lab', { users: ['bob'] }),
  step('mary', 'POST', '/groups/nix', { users: ['nix'] }),
  step('mary', 'GET', '/groups/class'),
  step('mary', 'GET', '/groups'),
  step('mary', 'GET', '/groups', undefined, PAGES),
  step('mary', 'GET', '/groups?limit=1', undefined, PAGES),
  step('groups-only', 'GET', '/groups'),
  step('groups-only', 'GET', '/groups/class'),
  step('tess', 'GET', '/user?with=members'),
  step('tess', 'GET', '/users'),
  step('tess', 'GET', '/users/alice'),
  step('tess', 'GET', '/users/bob'),
  step('tess', 'POST', '/users/bob/server', {}),
  step('tess', 'POST', '/users/alice/server', {}),
  step('tess', 'DELETE', '/users/alice/server'),
  step('mary', 'POST', '/groups/class/users', { users: ['bob'] }),
  step('mary', 'POST', '/groups/class/users', { users: ['bob'] }),
  step('mary', 'POST', '/groups/class/users', { users: ['nix'] }),
  step('mary', 'POST', '/groups/class/users', {}),
  step('mary', 'POST', '/groups/nix/users', { users: ['bob'] }),
  step('mary', 'DELETE', '/groups/class/users', { users: ['bob'] }),
  step('mary', 'DELETE', '/groups/class/users', {}),
  step('mary', 'PUT', '/groups/class/properties', { a: { b: [1] } }),
  step('mary', 'PUT', '/groups/class/properties', [1]),
  step('mary', 'PUT', '/groups/nix/properties', {}),
  step('mary', 'DELETE', '/groups/lab'),
  step('mary', 'DELETE', '/groups/lab'),
  step('alice', 'GET', '/user'),
];

const services: readonly Step[] = [
  step('mary', 'POST', '/services/new'),
  step('mary', 'POST', '/services/new', []),
  step('mary', 'POST', '/services/new', { nix: 1 }),
  step('mary', 'POST', '/services/new', { command: ['x'] }),
  step('mary', 'POST', '/services/new', { admin: 'x' }),
  step('mary', 'POST', '/services/new', {
    api_token: 'conformance-token-of-new',
    info: { a: 1 },
    display: false,
  }),
  step('mary', 'POST', '/services/new', {}),
  step('mary', 'GET', '/services/new'),
  step('nobody', 'GET', '/user', undefined, { headers: { authorization: 'token conformance-token-of-new' } }),
  step('mary', 'DELETE', '/services/new'),
  step('mary', 'DELETE', '/services/new'),
  step('mary', 'DELETE', '/services/cull'),
  step('nobody', 'GET', '/user', undefined, { headers: { authorization: 'token conformance-token-of-new' } }),
  step('mary', 'PATCH', '/proxy'),
  step('mary', 'PATCH', '/proxy', undefined, { raw: '{' }),
  step('mary', 'PATCH', '/proxy', []),
  step('mary', 'POST', '/shutdown', { servers: 'x' }),
  step('mary', 'POST', '/shutdown', { proxy: 'x' }),
];

/** Everything, in the order in which it is sent. */
export const REQUESTS: readonly Step[] = [
  ...frame,
  ...reading,
  ...lists,
  ...refused,
  ...users,
  ...servers,
  ...tokens,
  ...groups,
  ...shares,
  ...services,
  ...cookies,
  ...oauth,
];
