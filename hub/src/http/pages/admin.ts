import Router from '@koa/router';
import { isAdminCaller } from '../../domain/caller.ts';
import { Problem } from '../../domain/problem.ts';
import { isAdmin } from '../../domain/role.ts';
import { type User, usernameInUrl } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { AdminView, PeopleSummary } from '../views/admin.tsx';
import type { AdminRowProps } from '../views/admin-props.ts';
import { adminUrl } from '../views/admin-url.ts';
import type { Messages } from '../views/messages/en.ts';
import { Person, personId } from '../views/part/people-table.tsx';
import { renderPage, renderPart } from '../views/render.ts';
import { adminQueryOf } from './admin-query.ts';
import { streamParts } from './changed-parts.ts';
import { serversOf } from './home.ts';
import { limitsPath } from './limits.ts';
import { newNames } from './new-names.ts';
import { findPeople } from './people.ts';
import { noticeOf, toldNames } from './people-notice.ts';
import { labelOf, linksOf } from './present-server.ts';
import { sharingOf } from './share.ts';
import { shellOf } from './shell.ts';
import { personOf, requireScope, signedIn } from './signed-in.ts';
import { mayAdd, waitingOf } from './waiting.ts';

const PAGE_SIZE = 50;

/** `/hub/admin`: everybody, their servers, and adding people. Starting and stopping is as on the home page. */
export function adminRouter(hub: Hub): Router<HubState> {
  const prefix = `${hub.settings.baseUrl}hub/admin`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(prefix, signedIn(hub), (ctx) => {
    requireScope(personOf(ctx), 'admin-ui');
    showList(hub, ctx, { error: null, names: '' });
  });

  // The people who stood on the page when the stream began, and the sums.
  router.get(`${prefix}/live`, signedIn(hub), (ctx) => {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    const shell = shellOf(hub, ctx);
    const query = adminQueryOf(ctx.query);
    const back = adminUrl(hub.settings.baseUrl, query);
    const shown = findPeople(hub, person.scopes, query, PAGE_SIZE).page.map(({ name }) => name);
    const render = () => {
      const totals = findPeople(hub, person.scopes, query, PAGE_SIZE);
      const now = { ...shell, now: hub.clock.now() };
      const parts = new Map([['people-summary', renderPart(PeopleSummary, { shell: now, totals })]]);
      for (const name of shown) {
        const user = hub.tables.users.get(name);
        const row = user === undefined ? null : rowOf(hub, shell.t, user, person);
        parts.set(personId(name), row === null ? '' : renderPart(Person, { shell: now, row, back }));
      }
      return parts;
    };
    streamParts(hub, ctx, { page: back, render });
  });

  router.post(`${prefix}/add`, signedIn(hub), async (ctx) => {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    requireScope(person, 'admin:users');
    const admin = ctx.state.form.get('admin') === 'yes';
    const typed = ctx.state.form.get('names') ?? '';
    const { t } = shellOf(hub, ctx);
    const { names, bad, tooMany } = newNames(typed);
    const fresh = names.filter((name) => hub.tables.users.get(name) === undefined);
    if ((admin || fresh.some(hub.namesAdministrator)) && !isAdminCaller(person, hub.roles)) {
      throw new Problem('PERM-001', { scope: 'admin' });
    }
    const error = faultOf(t, { bad, tooMany, fresh: fresh.length });
    if (error !== null) {
      ctx.status = 400;
      return showList(hub, ctx, { error, names: typed.slice(0, 20_000) });
    }
    await hub.createUsers({ names: fresh, admin });
    ctx.status = 303;
    ctx.redirect(`${prefix}?added=${encodeURIComponent(toldNames(fresh))}`);
  });

  return router;
}

function faultOf(
  t: Messages,
  { bad, tooMany, fresh }: { bad: readonly string[]; tooMany: boolean; fresh: number },
): string | null {
  if (tooMany) return t.admin.tooMany;
  if (bad.length > 0) return t.admin.badNames(bad.slice(0, 5).join(', '));
  return fresh === 0 ? t.admin.noneNew : null;
}

function showList(hub: Hub, ctx: HubContext, form: { error: string | null; names: string }): void {
  const person = personOf(ctx);
  const shell = shellOf(hub, ctx);
  const query = adminQueryOf(ctx.query);
  const { page, people, running, matching } = findPeople(hub, person.scopes, query, PAGE_SIZE);
  ctx.set('Cache-Control', 'no-store');
  ctx.body = renderPage(AdminView, {
    shell,
    query,
    rows: page.map((user) => rowOf(hub, shell.t, user, person)),
    waiting: mayAdd(person) ? waitingOf(hub) : [],
    totals: { people, running, matching },
    pageSize: PAGE_SIZE,
    notice: noticeOf(hub, ctx, shell.t),
    ...form,
  });
}

function rowOf(hub: Hub, t: Messages, user: User, person: ReturnType<typeof personOf>): AdminRowProps {
  const { baseUrl, localAccounts } = hub.settings;
  const viewer = person.user.name;
  return {
    name: user.name,
    admin: isAdmin(hub.roles, user),
    you: user.name === viewer,
    lastActivity: user.lastActivity,
    servers: serversOf(hub, user.name).map((server) => ({
      name: server.name,
      label: labelOf(t, server, viewer),
      state: server.state,
      image: server.image,
      links: linksOf(baseUrl, server),
      limits: limitsPath(baseUrl, server),
      ...sharingOf(hub, person, server),
    })),
    remove: `${baseUrl}hub/admin/remove/${usernameInUrl(user.name)}`,
    invite: localAccounts ? `${baseUrl}hub/admin/invite/${usernameInUrl(user.name)}` : null,
    sessions: `${baseUrl}hub/admin/sessions/${usernameInUrl(user.name)}`,
    dropSecondStep:
      localAccounts && (hub.tables.credentials.get(user.name)?.secondFactor ?? null) !== null
        ? `${baseUrl}hub/admin/second-step/${usernameInUrl(user.name)}`
        : null,
  };
}
