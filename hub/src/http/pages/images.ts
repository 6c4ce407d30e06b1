import Router from '@koa/router';
import type { ImageRow } from '../../usecases/image-desk.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { ImagesView } from '../views/images.tsx';
import { renderPage } from '../views/render.ts';
import type { ImageRowProps } from '../views/storage-props.ts';
import { requireAdministrator } from './require-administrator.ts';
import { shellOf } from './shell.ts';
import { signedIn } from './signed-in.ts';

/** `/hub/admin/images`: what servers are started with, what of it is here, and fetching it. */
export function imagesRouter(hub: Hub): Router<HubState> {
  const page = `${hub.settings.baseUrl}hub/admin/images`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(page, signedIn(hub), async (ctx) => {
    requireAdministrator(hub, ctx);
    const shell = shellOf(hub, ctx);
    const { done } = ctx.query;
    const notices: Readonly<Record<string, string>> = shell.t.images.notice;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(ImagesView, {
      shell,
      rows: (await hub.storage.images.list()).map(presentRow),
      pull: `${page}/pull`,
      check: `${page}/check`,
      notice: typeof done === 'string' && Object.hasOwn(notices, done) ? (notices[done] ?? null) : null,
    });
  });

  router.post(`${page}/pull`, signedIn(hub), async (ctx) => {
    requireAdministrator(hub, ctx);
    await hub.storage.images.pull(ctx.state.form.get('image') ?? '');
    ctx.status = 303;
    ctx.redirect(`${page}?done=pull`);
  });

  router.post(`${page}/check`, signedIn(hub), async (ctx) => {
    requireAdministrator(hub, ctx);
    const found = await hub.storage.images.check(ctx.state.form.get('image') ?? '');
    ctx.status = 303;
    ctx.redirect(`${page}?done=${found}`);
  });

  return router;
}

function presentRow({ here, ...row }: ImageRow): ImageRowProps {
  const { image, usedBy, servers, freshness, trouble, pulling, machines } = row;
  return {
    image,
    usedBy,
    servers,
    freshness,
    trouble,
    pulling,
    machines,
    here: here !== null,
    size: here?.size ?? null,
  };
}
