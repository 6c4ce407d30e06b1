// The import law of the design ("Where things live"), checked by `npm run law`.
// Imports go downstairs only: main → http, cli, adapters → usecases → domain.
const only = (name, pkg, room) => ({
  name,
  severity: 'error',
  comment: `${pkg} is named only in ${room}`,
  from: { path: '^(hub|proxy)/src', pathNot: `^${room}` },
  to: { path: `^node_modules/(@types/)?(${pkg})(/|$)` },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-imports-nothing',
      severity: 'error',
      from: { path: '^hub/src/domain', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^hub/src/domain' },
    },
    {
      name: 'usecases-import-domain',
      severity: 'error',
      from: { path: '^hub/src/usecases', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^hub/src/(usecases|domain)' },
    },
    {
      name: 'adapters-do-not-climb',
      severity: 'error',
      from: { path: '^hub/src/adapters' },
      to: { path: '^hub/src/(usecases|http|cli|main)' },
    },
    {
      name: 'adapters-do-not-visit',
      severity: 'error',
      from: { path: '^hub/src/adapters/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^hub/src/adapters/', pathNot: '^hub/src/adapters/$1/' },
    },
    {
      name: 'http-does-not-climb',
      severity: 'error',
      from: { path: '^hub/src/http', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^hub/src/(adapters|cli|main)' },
    },
    {
      name: 'config-imports-domain-only',
      severity: 'error',
      from: { path: '^hub/src/config' },
      to: { path: '^hub/src/(usecases|adapters|http|cli|main)' },
    },
    {
      name: 'proxy-never-imports-hub',
      severity: 'error',
      from: { path: '^proxy/src' },
      to: { path: '^hub/' },
    },
    {
      name: 'hub-knows-only-the-proxy-contract',
      severity: 'error',
      from: { path: '^hub/src' },
      to: { path: '^proxy/', pathNot: '^proxy/src/contract\\.ts$' },
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { path: '^(hub|proxy)/src', pathNot: '\\.test\\.tsx?$' },
      to: { path: '(^test/|\\.test\\.tsx?$)' },
    },
    only('dockerode-in-its-room', 'dockerode|docker-modem', 'hub/src/adapters/docker'),
    only('lowdb-in-its-room', 'lowdb', 'hub/src/adapters/store'),
    only('passport-in-its-room', 'passport[^/]*', 'hub/src/adapters/identity'),
    only('openid-in-its-room', 'openid-client|oauth4webapi|jose', 'hub/src/adapters/identity'),
    only('koa-in-its-room', 'koa|@koa', 'hub/src/http'),
    only('preact-in-its-room', 'preact[^/]*', 'hub/src/http/views'),
    only('yaml-in-its-room', 'yaml', 'hub/src/config'),
    only('lezer-in-its-room', '@lezer', 'hub/src/config/python'),
    only('zod-at-the-borders', 'zod', '(hub/src/(config|http|adapters)|proxy/src)'),
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      from: { path: '^(hub|proxy)/src', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '@types' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
