import Router from '@koa/router';
import { safeNext, withNext } from '../../domain/next-url.ts';
import { holds } from '../../domain/scope.ts';
import { isActive, isOpen, type Server, serverKey, type UserOptions } from '../../domain/server.ts';
import { groupsOf } from '../api/groups-of.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { NotRunningView } from '../views/not-running.tsx';
import { renderPage } from '../views/render.ts';
import { SpawnFormView } from '../views/spawn-form.tsx';
import { failureOf, labelOf, linksOf } from './present-server.ts';
import { serverOf, startableOf } from './server-of.ts';
import { shellOf } from './shell.ts';
import { type Person, personOf, signedIn } from './signed-in.ts';
import {
  asksSomething,
  complaintOf,
  imageOf,
  optionsOfForm,
  optionsOfQuery,
  presentProfiles,
} from './spawn-choices.ts';

/** With and without the server's name; without a user it is one's own. */
export function serverPaths(door: string): string[] {
  return [door, `${door}/:user`, `${door}/:user/`, `${door}/:user/:server`];
}

/**
 * `/hub/spawn[/:user[/:server]]`. GET only ever shows: a server starts when somebody presses the button,
 * never because somebody followed a link. POST starts, or joins the start that is under way.
 */
export function spawnRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const router = new Router<HubState>({ sensitive: true, strict: true });
  const paths = serverPaths(`${settings.baseUrl}hub/spawn`);

  router.get(paths, signedIn(hub), async (ctx) => {
    const server = wantedIn(hub, ctx);
    const next = safeNext(ctx.query.next, settings);
    const links = linksOf(settings.baseUrl, server);
    ctx.set('Cache-Control', 'no-store');
    if (isOpen(server)) return ctx.redirect(next ?? links.open);
    if (isActive(server)) return ctx.redirect(withNext(links.progress, next));
    if (!asksSomething(hub.offer(server.user))) {
      return showNotRunning(hub, ctx, server, { next, failure: false });
    }
    const linked = optionsOfQuery(ctx.query);
    await showChoices(hub, ctx, server, {
      next,
      options: linked ?? server.options,
      complain: linked !== null,
    });
  });

  router.post(paths, signedIn(hub), async (ctx) => {
    const { form } = ctx.state;
    const server = wantedIn(hub, ctx);
    const next = safeNext(form.get('next') ?? ctx.query.next, settings);
    const options = optionsOfForm(hub.offer(server.user) ?? [], form) ?? remembered(hub, server);
    if (complaint(hub, server, options) !== null) {
      ctx.status = 400;
      return showChoices(hub, ctx, server, { next, options, complain: true });
    }
    await hub.startServer({
      user: server.user,
      server: server.name,
      options,
      by: personOf(ctx).user.name,
    });
    const links = linksOf(settings.baseUrl, server);
    ctx.status = 303;
    ctx.redirect(safeNext(form.get('back'), settings) ?? withNext(links.progress, next));
  });

  return router;
}

/** The server of this address. @throws Problem HTTP-404. */
export function namedIn(hub: Hub, ctx: HubContext & { params: Record<string, string> }): Server {
  const person = personOf(ctx);
  return serverOf(hub, person, 'servers', ctx.params.user ?? person.user.name, ctx.params.server ?? '');
}

function wantedIn(hub: Hub, ctx: HubContext & { params: Record<string, string> }): Server {
  const person = personOf(ctx);
  return startableOf(hub, person, ctx.params.user ?? person.user.name, ctx.params.server ?? '');
}

/** Visitors of a server may open it, and no more. */
export function mayStart(hub: Hub, { scopes }: Person, { user, name }: Server): boolean {
  return holds(scopes, 'servers', { kind: 'server', value: serverKey(user, name) }, groupsOf(hub));
}

/** The page for a server that is not there, with why and a way to start it. Leaves the status to the caller. */
export function showNotRunning(
  hub: Hub,
  ctx: HubContext,
  server: Server,
  { next, failure }: { next: string | null; failure: boolean },
): void {
  const shell = shellOf(hub, ctx);
  ctx.body = renderPage(NotRunningView, {
    shell,
    label: labelOf(shell.t, server, shell.person?.name ?? ''),
    ...(mayStart(hub, personOf(ctx), server) ? {} : { askOwner: server.user }),
    start: linksOf(hub.settings.baseUrl, server).start,
    choose: asksSomething(hub.offer(server.user)),
    next,
    stopReason: server.stopReason,
    failure: failure ? failureOf(shell.t, server, shell.person?.admin === true) : null,
  });
}

/** What is wrong with a choice for this server, or null. Its owner's rights count, whoever starts it. */
function complaint(hub: Hub, server: Server, options: UserOptions): string | null {
  const groups = hub.tables.users.get(server.user)?.groups ?? [];
  const profiles = hub.offer(server.user);
  if (profiles === null) return null;
  return complaintOf(profiles, { name: server.user, groups }, options);
}

/** What a plain button takes: what was chosen last. Where that is gone and one is left there is nothing to ask about. */
function remembered(hub: Hub, server: Server): UserOptions {
  if (complaint(hub, server, server.options) === null) return server.options;
  return asksSomething(hub.offer(server.user)) ? server.options : {};
}

/** The form of profiles, with a choice filled in. */
async function showChoices(
  hub: Hub,
  ctx: HubContext,
  server: Server,
  of: { readonly next: string | null; readonly options: UserOptions; readonly complain: boolean },
): Promise<void> {
  const shell = shellOf(hub, ctx);
  const profiles = hub.offer(server.user) ?? [];
  const { image } = hub.menu().settings;
  const here = await hub.storage.images.here(profiles.map((profile) => imageOf(profile, image)));
  ctx.body = renderPage(SpawnFormView, {
    shell,
    label: labelOf(shell.t, server, shell.person?.name ?? ''),
    action: linksOf(hub.settings.baseUrl, server).start,
    next: of.next,
    profiles: presentProfiles(profiles, of.options, (profile) => here.get(imageOf(profile, image)) ?? null),
    complaint: of.complain ? complaint(hub, server, of.options) : null,
  });
}
