/** Why each package of package.json is there. A new one needs its line here, or the test of this list fails. */
export const DEPENDENCY_REASONS: Readonly<Record<string, string>> = {
  '@koa/router': 'Routes of the pages, beside koa',
  '@lezer/common': 'Types of the trees that @lezer/python gives',
  '@lezer/python': 'Reads a former jupyterhub_config.py as text: it is never run',
  dockerode: 'Speaks to the container engine',
  jose: 'Checks signatures of logout tokens; comes with openid-client anyway',
  koa: 'Pages and the browser’s API',
  lowdb: 'The store: one JSON document, written whole',
  'node-cron': 'Work that comes back: the culler, schedules, looks at the engine',
  'openid-client': 'OpenID Connect with PKCE, nonce and issuer checks (certified)',
  passport: 'The frame for passport-github2',
  'passport-github2': 'Sign-in with GitHub',
  pino: 'The log: JSON lines, so that nobody can forge one',
  preact: 'Pages, escaped by default, made on the server',
  'preact-render-to-string': 'Turns preact’s pages into HTML',
  'prom-client': 'Metrics for Prometheus',
  re2js: 'Runs patterns of the configuration in linear time, whatever the input',
  undici: 'HTTP to providers, notebooks and the proxy, with deadlines and sockets',
  uqr: 'The square code for a second factor, as SVG; no dependencies',
  yaml: 'Reads config.yaml with the line of each mistake',
  zod: 'Checks the shape of everything that comes from outside',
  '@biomejs/biome': 'Lint and format',
  '@types/dockerode': 'Types',
  '@types/koa': 'Types',
  '@types/node': 'Types',
  '@types/oidc-provider': 'Types',
  '@types/passport': 'Types',
  '@types/passport-github2': 'Types',
  '@types/ws': 'Types',
  'axe-core': 'Looks for barriers in pages',
  'configurable-http-proxy': 'What our proxy is compared with, and stands in for',
  'dependency-cruiser': 'Keeps the import law',
  'http-proxy': 'Named in the design; opponent of the benchmark (decision 0002)',
  node: 'The very Node that the image runs',
  'oidc-provider': 'A real provider for tests',
  'playwright-core': 'Drives Debian’s Chromium in tests',
  typescript: 'Types, and the compiler of the image',
  vitest: 'Runs the tests',
  ws: 'WebSocket clients and servers of tests',
};

/** Programs that packages run when they are installed, and why that is so. Nothing else may. */
export const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  node: 'fetches the binary for this machine; development and the build stage only',
  protobufjs: 'prints a note; of dockerode',
  ssh2: 'tries to build a faster cipher, of dockerode; the engine is never reached over ssh',
  'cpu-features': 'an optional part of ssh2; left out where there is no compiler',
};

/** Licences that a package of ours may have: all of them allow use, change and passing on. */
export const LICENCES: readonly string[] = [
  ...[
    'MIT',
    'ISC',
    'BSD-2-Clause',
    'BSD-3-Clause',
    '0BSD',
    'Apache-2.0',
    'MIT OR Apache-2.0',
    'Unlicense',
    'BlueOak-1.0.0',
  ],
  // Of development only: its own files stay under it, ours do not come under it.
  'MPL-2.0',
];

/** Packages that tell their licence nowhere but in their own pages. */
export const TOLD_ELSEWHERE: Readonly<Record<string, string>> = { pause: 'MIT' };

/** The oldest version of a package that is not known to be unsafe, and what was wrong before it. */
export const FLOORS: Readonly<Record<string, readonly [version: string, what: string]>> = {
  koa: ['3.1.2', 'CVE-2026-27959: a Host of the visitor’s in ctx.hostname'],
  passport: ['0.6.0', 'CVE-2022-25896: a session fixed before the sign-in'],
  'passport-oauth2': ['1.6.1', 'CVE-2021-41580: a token that was refused counted as one'],
  'path-to-regexp': ['8.4.0', 'CVE-2026-4923, CVE-2026-4926: patterns that take for ever'],
};
