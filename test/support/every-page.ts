import { request } from 'undici';
import { openRouters, pageRouters } from '../../hub/src/http/pages/page-routers.ts';
import type { PagesHouse } from './pages-house.ts';

/** Who is in the house that the walk goes through. */
const PEOPLE = ['ana', 'ben', 'cho'];

/** What may stand for a parameter of a path. A new parameter must be told here, or the walk does not begin. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  user: PEOPLE,
  name: ['ana', 'class'],
  server: ['gpu'],
  code: ['404', '503'],
  file: ['berth.css'],
  path: [''],
  id: ['none'],
  volume: ['jupyterhub-user-ana'],
};

/** Of a link with which a server of this house is shared. */
export const SHARE_WORD = 'walk';
/** What a page is nothing without. */
const QUERIES: Readonly<Record<string, string>> = {
  '/hub/accept-share': `?code=${SHARE_WORD}`,
  '/hub/port': '?port=5000',
};

export interface EveryPage {
  /** Addresses at which this person is shown a page. */
  readonly pages: readonly string[];
  /** Patterns of the router that answered this person with something that is not a refusal. */
  readonly answered: ReadonlySet<string>;
}

/** Every pattern that the hub's routers take by GET. */
export function everyPattern({ hub }: PagesHouse): readonly string[] {
  const layers = [...openRouters(hub), ...pageRouters(hub)].flatMap((router) => router.stack);
  const gets = layers.filter(({ methods }) => methods.includes('GET')).map(({ path }) => String(path));
  // Whoever goes there is nobody afterwards.
  return [...new Set(gets)].toSorted((a, b) => Number(a.endsWith('/logout')) - Number(b.endsWith('/logout')));
}

/** Asks each address that the routers know, as this person, and keeps those that are pages: nobody has to list them. */
export async function everyPage(house: PagesHouse, who: string | null): Promise<EveryPage> {
  const cookie = who === null ? '' : (await house.signIn(who)).cookie;
  const pages: string[] = [];
  const answered = new Set<string>();
  let refusals = 0;
  for (const pattern of everyPattern(house)) {
    let shown = false;
    for (const path of pathsOf(pattern)) {
      const { status, type, location } = await look(`${house.origin}${path}`, cookie);
      // A start that failed is told of with 500, as JupyterHub does: a page like others.
      const told = status === 500 && /\/(?:spawn-pending|user)\//.test(path);
      if (status >= 500 && !told) throw new Error(`${path} answers ${status}`);
      if (status < 400 && !location.includes('/hub/login')) answered.add(pattern);
      if (!type.startsWith('text/html') || (status >= 300 && status < 400)) continue;
      if (status >= 400 && !told) refusals += 1;
      // One refusal looks like another, and so do two people's pages, but for those that tell of a state.
      const enough = pattern.endsWith(':user/') || (shown && !pattern.includes('/spawn'));
      if (status >= 400 && !told ? refusals > 1 : enough) continue;
      shown = true;
      pages.push(path);
    }
  }
  return { pages: [...new Set(pages)], answered };
}

interface Head {
  readonly status: number;
  readonly type: string;
  readonly location: string;
}

/** The head of an answer; streams are not read. */
async function look(url: string, cookie: string): Promise<Head> {
  const { statusCode, headers, body } = await request(url, { headers: { accept: 'text/html', cookie } });
  body.on('error', () => {});
  body.destroy();
  const { 'content-type': type = '', location = '' } = headers;
  return { status: statusCode, type: String(type), location: String(location) };
}

/** A path for each combination of what its parameters may be. */
function pathsOf(pattern: string): readonly string[] {
  const [found] = /\{\*(\w+)\}|:(\w+)/.exec(pattern) ?? [];
  if (found === undefined) {
    const [, query = ''] =
      Object.entries(QUERIES).find(([start]) => pattern === start || pattern.startsWith(`${start}/`)) ?? [];
    return [`${pattern}${query}`];
  }
  const name = found.replace(/\W/g, '');
  const values = VALUES[name];
  if (values === undefined) throw new Error(`the walk knows nothing for ${found} of ${pattern}`);
  return values.flatMap((value) => pathsOf(pattern.replace(found, value)));
}
