import Router from '@koa/router';
import { holds } from '../../domain/scope.ts';
import { type Server, serverKey } from '../../domain/server.ts';
import {
  accessScope,
  EVERYONE,
  type Grantee,
  granteeKey,
  isShareAlive,
  type Share,
} from '../../domain/share.ts';
import { groupsOf } from '../api/groups-of.ts';
import { acceptPath } from '../api/present-share.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { renderPage } from '../views/render.ts';
import { ShareView } from '../views/share.tsx';
import type { ShareProps, ShareRowProps } from '../views/share-props.ts';
import { labelOf, linksOf } from './present-server.ts';
import { serverOf } from './server-of.ts';
import { EMPTY_FORM, groupsToShareWith, readForm, sentForm } from './share-form.ts';
import { shellOf } from './shell.ts';
import { type Person, personOf, signedIn } from './signed-in.ts';
import { serverPaths } from './spawn.ts';

type Asked = HubContext & { params: Record<string, string> };
const NOTICES = ['shared', 'revoked', 'unlinked'] as const;

/**
 * `/hub/share[/:user[/:server]]`: with whom a server is shared, for those who hold `shares` on it. Beside it the
 * addresses that take a share back (`/hub/unshare`), make a link (`/hub/share-link`) and take one back.
 */
export function shareRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const router = new Router<HubState>({ sensitive: true, strict: true });
  const paths = (door: string) => serverPaths(`${baseUrl}hub/${door}`);

  router.get(paths('share'), signedIn(hub), (ctx) => show(ctx, shareable(hub, ctx)));

  router.post(paths('share'), signedIn(hub), async (ctx) => {
    const server = shareable(hub, ctx);
    const person = personOf(ctx);
    const form = sentForm(ctx.state.form);
    const wanted = readForm(hub, person, server.user, form);
    if ('fault' in wanted) {
      const words = shellOf(hub, ctx).t.share.errors[wanted.fault];
      ctx.status = 400;
      return show(ctx, server, { form, error: typeof words === 'string' ? words : words(wanted.names) });
    }
    for (const to of wanted.people) {
      await hub.shares.grant({ ...at(ctx, server), to, scopes: null, expires: wanted.expires });
    }
    back(ctx, server, 'shared');
  });

  router.post(paths('unshare'), signedIn(hub), async (ctx) => {
    const server = shareable(hub, ctx);
    const to = granteeOf(String(ctx.query.to ?? ''));
    if (to !== null) await hub.shares.revoke({ ...at(ctx, server), to, scopes: null });
    back(ctx, server, 'revoked');
  });

  router.post(paths('share-link'), signedIn(hub), async (ctx) => {
    const server = shareable(hub, ctx);
    const { word } = await hub.shares.makeCode({
      ...at(ctx, server),
      scopes: null,
      expires: endOf(ctx, 'link-ends') ?? hub.clock.now() + 86_400_000,
      shareExpires: endOf(ctx, 'access-ends'),
    });
    ctx.set('Referrer-Policy', 'no-referrer');
    show(ctx, server, { fresh: `${ctx.state.origin}${acceptPath(baseUrl, word)}` });
  });

  router.post(paths('unlink'), signedIn(hub), async (ctx) => {
    const server = shareable(hub, ctx);
    await hub.shares.dropCodes(at(ctx, server), ({ id }) => id === ctx.query.id);
    back(ctx, server, 'unlinked');
  });

  function endOf(ctx: HubContext, field: string): number | null {
    const { ends } = sentForm(new URLSearchParams({ ends: ctx.state.form.get(field) ?? '' }));
    return ends === 'never' || ends === 'date' ? null : hub.clock.now() + Number(ends) * 1000;
  }

  function at(ctx: HubContext, { user: owner, name: server }: Server) {
    return { owner, server, by: personOf(ctx).user.name, address: ctx.state.address };
  }

  function back(ctx: HubContext, server: Server, done: (typeof NOTICES)[number]): void {
    ctx.status = 303;
    ctx.redirect(`${actionsOf(hub, server).give}?done=${done}`);
  }

  function show(
    ctx: HubContext,
    server: Server,
    more: Partial<Pick<ShareProps, 'form' | 'fresh' | 'error'>> = {},
  ): void {
    const shell = shellOf(hub, ctx);
    const done = NOTICES.find((one) => one === ctx.query.done);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(ShareView, {
      shell,
      label: labelOf(shell.t, server, shell.person?.name ?? ''),
      kind: server.web === null ? 'notebook' : 'web',
      rows: rowsOf(hub, server),
      links: linksTo(hub, server),
      groups: groupsToShareWith(hub, personOf(ctx)),
      actions: actionsOf(hub, server),
      fresh: null,
      form: EMPTY_FORM,
      today: new Date(shell.now).toISOString().slice(0, 10),
      notice: done === undefined ? null : shell.t.share.notice[done],
      error: null,
      ...more,
    });
  }

  return router;
}

/** Where this person shares the server and how many have it by now; nothing for who may not. */
export function sharingOf(
  hub: Hub,
  { scopes }: Person,
  server: Server,
): { readonly share?: { readonly page: string; readonly count: number } } {
  const key = serverKey(server.user, server.name);
  if (!holds(scopes, 'shares', { kind: 'server', value: key }, groupsOf(hub))) return {};
  const now = hub.clock.now();
  const alive = hub.tables.shares.where('server', key).filter((one) => isShareAlive(one, now));
  return { share: { page: actionsOf(hub, server).give, count: alive.length } };
}

function shareable(hub: Hub, ctx: Asked): Server {
  const person = personOf(ctx);
  return serverOf(hub, person, 'shares', ctx.params.user ?? person.user.name, ctx.params.server ?? '');
}

function actionsOf(hub: Hub, server: Server): ShareProps['actions'] {
  const { start } = linksOf(hub.settings.baseUrl, server);
  const door = (word: string) => start.replace('/hub/spawn/', `/hub/${word}/`);
  return { give: door('share'), revoke: door('unshare'), link: door('share-link'), unlink: door('unlink') };
}

function rowsOf(hub: Hub, server: Server): readonly ShareRowProps[] {
  const now = hub.clock.now();
  return hub.tables.shares
    .where('server', serverKey(server.user, server.name))
    .filter((share) => isShareAlive(share, now))
    .toSorted((a, b) => a.created - b.created)
    .map((share) => rowOf(hub, share));
}

function rowOf(hub: Hub, share: Share): ShareRowProps {
  const { to, owner, server, scopes, created, expires, by } = share;
  return {
    key: granteeKey(to),
    ...to,
    members: to.kind === 'group' ? hub.tables.users.where('group', to.name).length : 0,
    since: created,
    until: expires,
    by: by === owner ? null : by,
    more: scopes.filter((scope) => scope !== accessScope(owner, server)).join(', '),
  };
}

function linksTo(hub: Hub, { user, name }: Server): ShareProps['links'] {
  const now = hub.clock.now();
  return hub.tables.shareCodes
    .where('server', serverKey(user, name))
    .filter(({ expires }) => expires > now)
    .map(({ id, created, expires, exchangeCount }) => ({
      id,
      made: created,
      until: expires,
      uses: exchangeCount,
    }));
}

function granteeOf(key: string): Grantee | null {
  if (key === granteeKey(EVERYONE)) return EVERYONE;
  const cut = key.indexOf('/');
  const [kind, name] = [key.slice(0, cut), key.slice(cut + 1)];
  return (kind === 'user' || kind === 'group') && name !== '' ? { kind, name } : null;
}
