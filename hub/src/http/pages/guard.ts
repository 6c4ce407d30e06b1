import Router from '@koa/router';
import { VISIT_COOKIE } from '../../../../proxy/src/contract.ts';
import { safeNext } from '../../domain/next-url.ts';
import { isOpen, type Server, serverKey, serverPath } from '../../domain/server.ts';
import { visitCookieName } from '../../domain/visit.ts';
import { setCookie } from '../cookies.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { AccessView } from '../views/access.tsx';
import { renderPage } from '../views/render.ts';
import { sayScope } from '../views/say.ts';
import { labelOf } from './present-server.ts';
import { serverOf } from './server-of.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

/**
 * `/hub/guard?next=…`: where the proxy sends whoever comes to something guarded without a good cookie. Who may come
 * in gets one and goes on; before another person's server each session is asked once, as OAuth asks before a notebook.
 */
export function guardRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const router = new Router<HubState>({ prefix: `${baseUrl}hub`, sensitive: true, strict: true });
  router.get('/guard', signedIn(hub), async (ctx) => enter(hub, ctx, false));
  router.post('/guard', signedIn(hub), async (ctx) => enter(hub, ctx, true));
  return router;
}

function enter(hub: Hub, ctx: HubContext, confirmed: boolean): void {
  const { baseUrl } = hub.settings;
  ctx.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
  const next = safeNext(ctx.query.next, hub.settings);
  const aim = next === null ? null : aimOf(hub, next);
  if (next === null || aim === null) {
    ctx.redirect(next ?? `${baseUrl}hub/home`);
    return;
  }
  const person = personOf(ctx);
  const server = serverOf(hub, person, 'access:servers', aim.user, aim.name);
  if (!isOpen(server)) {
    // The hub's own page for it says what is the matter, or leads back with patience.
    ctx.redirect(`${baseUrl}hub/${next.slice(baseUrl.length)}`);
    return;
  }
  const foreign = server.user !== person.user.name;
  if (foreign && !confirmed && !hub.visits.isIn(person.session, server)) {
    ask(hub, ctx, server);
    return;
  }
  if (foreign) {
    const call = `enter ${serverPath(baseUrl, server.user, server.name)}`;
    hub.facts.tell({
      kind: 'acted',
      by: person.user.name,
      on: server.user,
      call,
      address: ctx.state.address,
    });
  }
  const path = serverPath(baseUrl, server.user, server.name);
  const name = visitCookieName(hub.digest, VISIT_COOKIE, path);
  setCookie(ctx, name, hub.visits.open(person.session, server), { path, httpOnly: true, maxAge: null });
  // In the spelling that the cookie is for, or it would not come back.
  ctx.redirect(`${path}${aim.rest}`);
}

function ask(hub: Hub, ctx: HubContext, server: Server): void {
  const { t } = ctx.state;
  const label = labelOf(t, server, personOf(ctx).user.name);
  const scope = `access:servers!server=${server.user}/${server.name}`;
  ctx.body = renderPage(AccessView, {
    shell: shellOf(hub, ctx),
    label,
    client: label,
    owner: server.user,
    action: ctx.url,
    scopes: [{ name: scope, sentence: sayScope(t, scope) }],
  });
}

/** The server that the proxy took this path to be for, and what follows its path; null: no server's. */
function aimOf(hub: Hub, next: string): { user: string; name: string; rest: string } | null {
  const start = `${hub.settings.baseUrl}user/`;
  if (!next.startsWith(start)) return null;
  const [path = '', after = ''] = next.slice(start.length).split(/(?=[?#])(.*)/s);
  const [user = '', first, ...more] = path.split('/').map(decoded);
  const named = first === undefined ? undefined : hub.tables.servers.get(serverKey(user, first));
  const name = first !== undefined && first !== '' && named !== undefined && isOpen(named) ? first : '';
  const rest = path
    .split('/')
    .slice(name === '' ? 1 : 2)
    .join('/');
  return user === '' || [user, first ?? '', ...more].includes('\0')
    ? null
    : { user, name, rest: rest + after };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '\0';
  }
}
