import Router from '@koa/router';
import { isOpen, newServer, type Server, serverKey, serverPath } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { maySave } from '../saver.ts';
import { HomeView } from '../views/home.tsx';
import { IdleNote, idleId } from '../views/part/idle-note.tsx';
import { MachineNote, machineId } from '../views/part/machine-note.tsx';
import { CardUsage, usageId } from '../views/part/usage-facts.tsx';
import { renderPage, renderPart } from '../views/render.ts';
import { streamParts } from './changed-parts.ts';
import { cardOf } from './present-server.ts';
import { sharingOf } from './share.ts';
import { sharedWith } from './shared-with-me.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

const DONE = ['left', 'accepted'] as const;

/** `/hub/home`, and `/hub/`, which leads into the running server or home. */
export function homeRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(`${baseUrl}hub`, (ctx) => {
    ctx.status = 301;
    ctx.redirect(`${baseUrl}hub/`);
  });

  router.get(`${baseUrl}hub/`, signedIn(hub), (ctx) => {
    const { name } = personOf(ctx).user;
    const own = hub.tables.servers.get(serverKey(name, ''));
    const ready = own !== undefined && isOpen(own);
    ctx.set('Cache-Control', 'no-store');
    ctx.redirect(ready ? serverPath(baseUrl, name, '') : `${baseUrl}hub/home`);
  });

  router.get(`${baseUrl}hub/home`, signedIn(hub), (ctx) => {
    const { user } = personOf(ctx);
    const shell = shellOf(hub, ctx);
    const viewer = shell.person ?? { name: user.name, admin: false };
    const servers = serversOf(hub, user.name).map((server) => {
      return { ...cardOf(hub, shell.t, server, viewer), ...sharingOf(hub, personOf(ctx), server) };
    });
    const done = DONE.find((one) => one === ctx.query.done);
    ctx.set('Cache-Control', 'no-store');
    const open = servers.some((server) => isOpen(server));
    const was = servers.map(({ state }) => state).join('.');
    const live = open ? `${baseUrl}hub/home/live?was=${was}` : null;
    ctx.body = renderPage(HomeView, {
      shell,
      servers,
      shared: sharedWith(hub, shell.t, personOf(ctx)),
      notice: done === undefined ? null : shell.t.share.notice[done],
      live,
      standing: hub.storage.standingOf(user.name),
      environments:
        maySave(hub, personOf(ctx), user.name) || hub.tables.environments.where('user', user.name).length > 0,
    });
  });

  // What they use, as long as each is in the state that the page shows.
  router.get(`${baseUrl}hub/home/live`, signedIn(hub), (ctx) => {
    const { user } = personOf(ctx);
    const shell = shellOf(hub, ctx);
    const viewer = shell.person ?? { name: user.name, admin: false };
    const render = () => {
      const own = serversOf(hub, user.name);
      if (own.map(({ state }) => state).join('.') !== ctx.query.was) return null;
      const open = own.filter(isOpen).map((server) => cardOf(hub, shell.t, server, viewer));
      // The pressing of a button that comes with it is as good as one on the page itself.
      const here = { ...shell, now: hub.clock.now() };
      return new Map(
        open.flatMap((server) => [
          [usageId(server.usagePage), renderPart(CardUsage, { t: shell.t, server })],
          [idleId(server), renderPart(IdleNote, { shell: here, server })],
          [machineId(server), renderPart(MachineNote, { shell: here, server })],
        ]),
      );
    };
    streamParts(hub, ctx, { page: `${baseUrl}hub/home`, render });
  });

  return router;
}

/** The default server, made up if it never ran, then the named ones by name. */
export function serversOf(hub: Hub, user: string): readonly Server[] {
  const known = hub.tables.servers.where('user', user);
  const named = known.filter((server) => server.name !== '').sort((a, b) => (a.name < b.name ? -1 : 1));
  return [known.find((server) => server.name === '') ?? newServer(user), ...named];
}
