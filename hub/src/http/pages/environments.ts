import Router from '@koa/router';
import { isAdminCaller } from '../../domain/caller.ts';
import { Problem } from '../../domain/problem.ts';
import type { Audience } from '../../domain/saved-environment.ts';
import { type Server, serverKey } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { mayManage, maySave, mayShareWith, requireSaver } from '../saver.ts';
import { EnvironmentsView } from '../views/environments.tsx';
import { renderPage } from '../views/render.ts';
import { sayProblem } from '../views/say.ts';
import { labelOf } from './present-server.ts';
import { shellOf } from './shell.ts';
import { setRefusal } from './sign-in-outcome.ts';
import { personOf, signedIn } from './signed-in.ts';

const NAME_MAX = 80;
const DESCRIPTION_MAX = 400;
const GROUP = 'group:';

/** `/hub/environments`: running servers saved as images, for oneself, and by administrators for others. */
export function environmentsRouter(hub: Hub): Router<HubState> {
  const page = `${hub.settings.baseUrl}hub/environments`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(page, signedIn(hub), (ctx) => show(ctx));

  router.post(`${page}/save`, signedIn(hub), async (ctx) => {
    const { form } = ctx.state;
    await orOnThePage(ctx, async () => {
      const person = personOf(ctx);
      const server = hub.tables.servers.get(form.get('server') ?? '');
      if (server === undefined) throw new Problem('HTTP-404');
      requireSaver(hub, person, server.user);
      const audience = audienceOf(form.get('whom') ?? 'owner');
      if (!mayShareWith(hub, person, audience))
        throw new Problem('PERM-001', { scope: 'being an administrator' });
      const name = (form.get('name') ?? '').trim().slice(0, NAME_MAX);
      if (name === '') {
        ctx.status = 400;
        return show(ctx, shellOf(hub, ctx).t.environments.noName);
      }
      await hub.storage.saveEnvironment({
        user: server.user,
        server: server.name,
        name,
        description: (form.get('description') ?? '').trim().slice(0, DESCRIPTION_MAX),
        audience,
        by: person.user.name,
        unlimited: isAdminCaller(person, hub.roles),
      });
      ctx.status = 303;
      ctx.redirect(`${page}?done=saved`);
    });
  });

  router.post(`${page}/remove/:environment`, signedIn(hub), async (ctx) => {
    const found = hub.tables.environments.get(ctx.params.environment ?? '');
    if (found === undefined || !mayManage(hub, personOf(ctx), found)) throw new Problem('HTTP-404');
    await orOnThePage(ctx, async () => {
      await hub.storage.removeEnvironment(found.id);
      ctx.status = 303;
      ctx.redirect(`${page}?done=removed`);
    });
  });

  async function orOnThePage(ctx: HubContext, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500 || error.code === 'HTTP-404') throw error;
      setRefusal(ctx, error);
      show(ctx, sayProblem(shellOf(hub, ctx).t, error.code, error.facts).user);
    }
  }

  function show(ctx: HubContext, error: string | null = null): void {
    const person = personOf(ctx);
    const shell = shellOf(hub, ctx);
    const { name } = person.user;
    const admin = isAdminCaller(person, hub.roles);
    const { done } = ctx.query;
    const notice = done === 'saved' || done === 'removed' ? shell.t.environments.notice[done] : null;
    const rows = [...hub.tables.environments.values()].filter((one) => mayManage(hub, person, one));
    const servers = runningServers(admin ? null : name);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(EnvironmentsView, {
      shell,
      rows: rows
        .toSorted((a, b) => b.created - a.created)
        .map(({ id, audience, ...one }) => ({ ...one, id, whom: audience, remove: `${page}/remove/${id}` })),
      servers: maySave(hub, person, name)
        ? servers.map((server) => ({
            key: serverKey(server.user, server.name),
            label: labelOf(shell.t, server, name),
          }))
        : null,
      groups: admin ? [...hub.tables.groups.values()].map((group) => group.name).toSorted() : null,
      have: hub.tables.environments.where('user', name).length,
      limit: admin ? null : hub.storage.environmentsPerUser,
      save: `${page}/save`,
      notice,
      error,
      form: {
        name: ctx.state.form.get('name') ?? '',
        description: ctx.state.form.get('description') ?? '',
      },
    });
  }

  function runningServers(user: string | null): readonly Server[] {
    const { servers } = hub.tables;
    const all = user === null ? [...servers.values()] : servers.where('user', user);
    return all.filter(({ state }) => state === 'ready' || state === 'frozen');
  }

  return router;
}

function audienceOf(word: string): Audience {
  if (word.startsWith(GROUP)) return { kind: 'group', group: word.slice(GROUP.length) };
  return word === 'everyone' ? { kind: 'everyone' } : { kind: 'owner' };
}
