import Router from '@koa/router';
import { safeNext } from '../../domain/next-url.ts';
import { Problem } from '../../domain/problem.ts';
import { isOpen, serverPath } from '../../domain/server.ts';
import type { ShareCode } from '../../domain/share.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { AcceptShareView } from '../views/accept-share.tsx';
import { renderPage } from '../views/render.ts';
import { labelOf } from './present-server.ts';
import { sharedServer } from './shared-with-me.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';
import { serverPaths } from './spawn.ts';

/**
 * `/hub/accept-share?code=`: JupyterHub's page for whoever was sent a link; GET shows what it gives, POST takes it.
 * `POST /hub/leave-share/:user[/:server]` gives it back.
 */
export function acceptShareRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const path = `${settings.baseUrl}hub/accept-share`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(path, signedIn(hub), (ctx) => {
    const code = typeof ctx.query.code === 'string' ? ctx.query.code : '';
    const found = codeFor(ctx, code);
    const shell = shellOf(hub, ctx);
    const server = sharedServer(hub, found);
    // The code stands in this page's address.
    ctx.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    ctx.body = renderPage(AcceptShareView, {
      shell,
      owner: found.owner,
      label: labelOf(shell.t, server, shell.person?.name ?? ''),
      kind: server.web === null ? 'notebook' : 'web',
      running: isOpen(server),
      until: found.shareExpires,
      action: `${path}${withNextOf(ctx)}`,
      code,
    });
  });

  router.post(path, signedIn(hub), async (ctx) => {
    const code = ctx.state.form.get('code') ?? '';
    const { owner, server: name } = codeFor(ctx, code);
    await hub.shares.exchange(code, personOf(ctx).user.name, ctx.state.address);
    const server = sharedServer(hub, { owner, server: name });
    const home = `${settings.baseUrl}hub/home?done=accepted`;
    const open = isOpen(server) ? serverPath(settings.baseUrl, owner, name) : home;
    ctx.status = 302;
    ctx.redirect(safeNext(ctx.query.next, settings) ?? open);
  });

  router.post(serverPaths(`${settings.baseUrl}hub/leave-share`), signedIn(hub), async (ctx) => {
    const { user } = personOf(ctx);
    const { user: owner = '', server = '' } = ctx.params;
    const to = { kind: 'user', name: user.name } as const;
    await hub.shares.revoke({ owner, server, to, scopes: null, by: user.name, address: ctx.state.address });
    ctx.status = 303;
    ctx.redirect(`${settings.baseUrl}hub/home?done=left`);
  });

  /** @throws Problem SHARE-002 for a link that opens nothing; SHARE-003 for its owner. */
  function codeFor(ctx: HubContext, code: string): ShareCode {
    const found = hub.shares.findCode(code);
    if (found === null) throw new Problem('SHARE-002');
    if (found.owner === personOf(ctx).user.name) throw new Problem('SHARE-003');
    return found;
  }

  function withNextOf(ctx: HubContext): string {
    const next = safeNext(ctx.query.next, settings);
    return next === null ? '' : `?next=${encodeURIComponent(next)}`;
  }

  return router;
}
