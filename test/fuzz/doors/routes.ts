import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { authorizeRouter } from '../../../hub/src/http/api/authorize-router.ts';
import { endpoints } from '../../../hub/src/http/api/endpoints.ts';
import { counterRouter } from '../../../hub/src/http/counter/counter-app.ts';
import { DoctorEcho } from '../../../hub/src/http/doctor-echo.ts';
import type { Hub } from '../../../hub/src/http/hub.ts';
import { doctorRouter } from '../../../hub/src/http/pages/doctor.ts';
import { doctorEchoRouter } from '../../../hub/src/http/pages/doctor-echo.ts';
import { openRouters, pageRouters } from '../../../hub/src/http/pages/page-routers.ts';

/** Which of the doors a route stands behind: `api` is asked by browsers and by notebooks. */
export type Door = 'pages' | 'api' | 'notebooks' | 'counter' | 'control';

export interface FuzzRoute {
  readonly door: Door;
  readonly method: string;
  /** With `:name` and `{*path}` for what varies. */
  readonly pattern: string;
  /** JSON Schema of the body that it takes. */
  readonly body?: unknown;
  readonly query?: readonly string[];
}

/** Every route that the code has, read from the routers themselves: a new one is fuzzed without a word here. */
export function everyRoute(hub: Hub): readonly FuzzRoute[] {
  const unused = () => Promise.reject(new Error('only listed here'));
  const upkeep = { runProbes: unused, snapshot: unused };
  const counter = counterRouter(hub, {
    health: unused,
    logOf: unused,
    upkeep,
    reload: unused,
    importHub: unused,
  } as never);
  const pages = [
    ...openRouters(hub),
    ...pageRouters(hub),
    authorizeRouter(hub),
    doctorRouter(hub, unused as never),
    doctorEchoRouter(new DoctorEcho('/', () => '')),
  ].flatMap(({ stack }) => stack);
  const api = endpoints.map(({ method, path, body, query }) => ({
    method,
    pattern: `/hub/api${path}`,
    query: Object.keys(query ?? {}),
    ...(body === undefined ? {} : { body: z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) }),
  }));
  return [
    ...pages.flatMap((layer) => layersOf('pages', layer)),
    ...counter.stack.flatMap((layer) => layersOf('counter', layer)),
    ...api.flatMap((one) => [
      { door: 'api' as const, ...one },
      { door: 'notebooks' as const, ...one },
    ]),
    ...['GET', 'POST', 'DELETE'].map((method) => ({
      door: 'control' as const,
      method,
      pattern: '/api/routes/:path',
    })),
    ...['/api/waiting', '/api/guard'].map((pattern) => ({
      door: 'control' as const,
      method: 'GET',
      pattern,
    })),
  ];
}

function layersOf(door: Door, layer: { methods: string[]; path: unknown }): FuzzRoute[] {
  return layer.methods
    .filter((method) => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method))
    .map((method) => ({ door, method, pattern: String(layer.path) }));
}

/** Words that are no header, and headers that Node's client sends itself: raw-bytes.ts sends those. */
const NOT_HERE =
  'get set append replace keys entries connection content-length transfer-encoding host upgrade expect te trailer keep-alive'.split(
    ' ',
  );

/** Answered by libraries, or by nobody (RFC 9110 §13, §14). */
const CONDITIONS = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
  'pragma',
];

/** Headers that the code looks at, by the words in its sources. */
export function everyHeader(): readonly string[] {
  const root = join(import.meta.dirname, '../../..');
  const sources = globSync(['hub/src/http/**/*.ts', 'proxy/src/**/*.ts'], { cwd: root })
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
  const said = sources.matchAll(
    /(?:\.get\(|headers\[|headerOf\(\w+, )'([A-Za-z-]{3,40})'|headers\.([a-z]{3,20})\b/g,
  );
  const hyphened = sources.matchAll(/'((?:x|sec|if|accept|content|access|proxy|transfer)-[a-z-]{3,40})'/g);
  const found = [...said, ...hyphened].map(([, one, other]) => (one ?? other ?? '').toLowerCase());
  return [
    ...new Set([
      ...found,
      ...'origin referer range upgrade x-http-method-override'.split(' '),
      ...CONDITIONS,
    ]),
  ]
    .filter((name) => !NOT_HERE.includes(name))
    .sort();
}
