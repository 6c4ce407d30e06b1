import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import Router from '@koa/router';
import { isAdminCaller } from '../../domain/caller.ts';
import { Problem } from '../../domain/problem.ts';
import { volumeFileName } from '../../domain/volume-file-name.ts';
import type { VolumeRow } from '../../usecases/list-volumes.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { renderPage } from '../views/render.ts';
import { sayProblem } from '../views/say.ts';
import type { VolumeRowProps } from '../views/storage-props.ts';
import { VolumeView } from '../views/volume.tsx';
import { VolumesView } from '../views/volumes.tsx';
import { requireAdministrator } from './require-administrator.ts';
import { shellOf } from './shell.ts';
import { setRefusal } from './sign-in-outcome.ts';
import { personOf, signedIn } from './signed-in.ts';

type Context = HubContext & { params: Record<string, string> };

/** `/hub/files`: one's own volumes, `/hub/admin/volumes`: all; `/hub/files/:volume`: what can be done with one. */
export function volumesRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const files = `${baseUrl}hub/files`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(files, signedIn(hub), async (ctx) => {
    const { name } = personOf(ctx).user;
    showList(ctx, await listed({ user: name }), false);
  });

  router.get(`${baseUrl}hub/admin/volumes`, signedIn(hub), async (ctx) => {
    requireAdministrator(hub, ctx);
    showList(ctx, await listed(), true);
  });

  router.get(`${files}/:volume`, signedIn(hub), async (ctx) => showOne(ctx, await volumeOf(ctx)));

  router.get(`${files}/:volume/backup`, signedIn(hub), async (ctx) => {
    const { name } = await volumeOf(ctx);
    const gone = new AbortController();
    ctx.res.once('close', () => gone.abort());
    const archive = await hub.storage.volumes.backUp(name, gone.signal);
    ctx.set({
      'Content-Type': 'application/gzip',
      'Content-Disposition': `attachment; filename="${volumeFileName(name, hub.clock.now())}.tar.gz"`,
      'Cache-Control': 'no-store',
    });
    const input = Readable.from(archive, { objectMode: false });
    const zipped = createGzip({ level: 1 });
    // A reading that fails must not look like an archive that ended.
    input.once('error', (error) => zipped.destroy(error));
    ctx.body = input.pipe(zipped);
  });

  router.post(`${files}/:volume/restore`, signedIn(hub), async (ctx) => {
    const volume = await volumeOf(ctx);
    const { upload, form } = ctx.state;
    if (upload === undefined) return showOne(ctx, volume, shellOf(hub, ctx).t.volumes.noArchive);
    const replace = form.get('replace') === 'yes';
    const gone = new AbortController();
    ctx.req.once('close', () => {
      if (!ctx.req.complete) gone.abort(new Problem('VOLUME-004', { detail: 'The upload broke off.' }));
    });
    await orOnThePage(ctx, volume, async () => {
      await hub.storage.volumes.restore(volume.name, upload, { replace, signal: gone.signal });
      ctx.status = 303;
      ctx.redirect(`${files}/${encodeURIComponent(volume.name)}?done=restored`);
    });
  });

  router.post(`${files}/:volume/delete`, signedIn(hub), async (ctx) => {
    const volume = await volumeOf(ctx);
    if (ctx.state.form.get('confirm')?.trim() !== volume.name) {
      return showOne(ctx, volume, shellOf(hub, ctx).t.volumes.notConfirmed);
    }
    await orOnThePage(ctx, volume, async () => {
      await hub.storage.volumes.remove(volume.name);
      const own = volume.owner.kind === 'user' && volume.owner.user === personOf(ctx).user.name;
      ctx.status = 303;
      ctx.redirect(
        `${own ? files : `${baseUrl}hub/admin/volumes`}?deleted=${encodeURIComponent(volume.name)}`,
      );
    });
  });

  /** Nothing where nobody looks into volumes: the page says why. */
  async function listed(of: { readonly user?: string } = {}): Promise<readonly VolumeRow[]> {
    return hub.machines?.abilities.volumes === false ? [] : hub.storage.volumes.list(of);
  }

  /** One's own, or for administrators anybody's. @throws Problem HTTP-404: the two look alike. */
  async function volumeOf(ctx: Context): Promise<VolumeRow> {
    const person = personOf(ctx);
    const [row] = await hub.storage.volumes.list({ name: ctx.params.volume ?? '' });
    const own = row?.owner.kind === 'user' && row.owner.user === person.user.name;
    if (row === undefined || !(own || isAdminCaller(person, hub.roles))) throw new Problem('HTTP-404');
    return row;
  }

  function showList(ctx: HubContext, rows: readonly VolumeRow[], admin: boolean): void {
    const shell = shellOf(hub, ctx);
    const { deleted } = ctx.query;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(VolumesView, {
      shell,
      admin,
      rows: rows.map((row) => presentRow(files, row)),
      standing: admin ? null : hub.storage.standingOf(personOf(ctx).user.name),
      notice: typeof deleted === 'string' ? shell.t.volumes.notice.deleted(deleted.slice(0, 255)) : null,
    });
  }

  function showOne(ctx: HubContext, row: VolumeRow, error: string | null = null): void {
    const shell = shellOf(hub, ctx);
    if (error !== null && ctx.status < 400) ctx.status = 400;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(VolumeView, {
      shell,
      row: presentRow(files, row),
      notice: ctx.query.done === 'restored' ? shell.t.volumes.notice.restored : null,
      error,
    });
  }

  async function orOnThePage(ctx: Context, volume: VolumeRow, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      setRefusal(ctx, error);
      ctx.status = error.status;
      showOne(ctx, volume, sayProblem(shellOf(hub, ctx).t, error.code, error.facts).user);
    }
  }

  return router;
}

function presentRow(files: string, row: VolumeRow): VolumeRowProps {
  const { owner } = row;
  return {
    name: row.name,
    owner: owner.kind === 'user' ? owner.user : null,
    account: owner.kind === 'shared' || owner.here,
    size: row.size,
    lastUse: row.lastUse,
    inUse: row.containers,
    doing: row.doing,
    page: `${files}/${encodeURIComponent(row.name)}`,
  };
}
