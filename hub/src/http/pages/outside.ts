import Router from '@koa/router';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { answerGone } from './user-server.ts';

/**
 * What reaches the hub from outside `/hub/`, because the proxy knows no way to it (contract §3). GET goes to
 * the same path under `/hub`; `/user/alice` gets its slash first. Anything else for a notebook is told that
 * the notebook is gone: JSON, since only scripts do that. Asks nobody who they are: it says the
 * same to everybody.
 */
export function outsideRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  const notebooks = ['', 'hub/'].flatMap((room) => [
    `${baseUrl}${room}user/:name`,
    `${baseUrl}${room}user/:name/{*path}`,
  ]);
  router.all(notebooks, async (ctx, next) => {
    if (ctx.method === 'GET' || ctx.method === 'HEAD') {
      await next();
      return;
    }
    // Not by looking it up: whether there is a server of that name is not everybody's to know.
    answerGone(hub, ctx, { user: ctx.params.name ?? '', name: '' });
  });

  router.get(`${baseUrl}{*path}`, async (ctx, next) => {
    const inside = ctx.url.slice(baseUrl.length);
    if (/^hub(?:[/?]|$)/.test(inside)) {
      await next();
      return;
    }
    ctx.set('Cache-Control', 'no-store');
    const [path = '', query] = inside.split(/\?(.*)/s);
    if (/^(?:user|services)\/[^/]+$/.test(path)) {
      ctx.status = 301;
      return ctx.redirect(`${baseUrl}${path}/${query === undefined ? '' : `?${query}`}`);
    }
    // `//evil` behind the base path stays behind `/hub/`.
    ctx.redirect(`${baseUrl}hub/${inside}`);
  });

  // People type the host alone. What a front server shares with us must not be led away, so only that.
  const bare = baseUrl.replace(/\/$/, '');
  if (bare !== '') router.get(['/', bare], (ctx) => ctx.redirect(`${baseUrl}hub/`));

  return router;
}
