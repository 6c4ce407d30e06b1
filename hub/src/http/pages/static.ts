import Router from '@koa/router';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { type Asset, hashedName } from './asset-files.ts';
import { ASSETS } from './shell.ts';

const YEAR = 'public, max-age=31536000, immutable';
// A page from before an upgrade asks for an address that is gone: it gets what there is, and asks again.
const ASK_AGAIN = 'no-cache';
const HASH = /\.[0-9a-f]{12}(?=\.[a-z]+$)/;

/** `/hub/static/…` and `/hub/logo`, which notebooks put on their own pages. Asks nobody who they are. */
export function staticRouter(hub: Hub): Router<HubState> {
  const router = new Router<HubState>({
    prefix: `${hub.settings.baseUrl}hub`,
    sensitive: true,
    strict: true,
  });
  const byName = new Map(ASSETS.map((asset) => [asset.name, asset]));

  router.get('/static/:file', (ctx) => {
    const file = ctx.params.file ?? '';
    const asset = byName.get(file.replace(HASH, ''));
    if (asset === undefined) return;
    send(ctx, asset, file === hashedName(asset.name, asset.hash) ? YEAR : ASK_AGAIN);
  });

  router.get('/logo', (ctx) => {
    const asset = byName.get('logo.svg');
    if (asset !== undefined) send(ctx, asset, 'public, max-age=86400');
  });

  // Browsers ask for it by themselves where a page names no icon.
  router.get('/favicon.ico', (ctx) => {
    const asset = byName.get('favicon.svg');
    if (asset !== undefined) send(ctx, asset, 'public, max-age=86400');
  });

  return router;
}

function send(ctx: HubContext, asset: Asset, caching: string): void {
  ctx.set({ 'Cache-Control': caching, Vary: 'Accept-Encoding', ETag: `"${asset.hash}"` });
  ctx.status = 200;
  ctx.type = asset.type;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  const small = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
  if (small) ctx.set('Content-Encoding', 'gzip');
  ctx.body = small ? asset.gzip : asset.body;
}
