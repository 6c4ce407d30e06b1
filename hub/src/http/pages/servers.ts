import Router from '@koa/router';
import { holdsSome } from '../../domain/scope.ts';
import { type Server, serverKey } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { ServerRow } from '../views/part/servers-table.tsx';
import type { Shell } from '../views/props.ts';
import { renderPage, renderPart } from '../views/render.ts';
import { FreshServers, ServersSummary, ServersView } from '../views/servers.tsx';
import type { ServerRowProps, ServersProps, ServersQuery } from '../views/servers-props.ts';
import { serversSearch } from '../views/servers-url.ts';
import { type Parts, streamParts } from './changed-parts.ts';
import { findServers, pageOf } from './find-servers.ts';
import { labelOf, linksOf } from './present-server.ts';
import { sparksOf, usageOf, usagePath } from './present-usage.ts';
import { serversQueryOf } from './servers-query.ts';
import { shellOf } from './shell.ts';
import { type Person, personOf, requireScope, signedIn } from './signed-in.ts';

/** `/hub/admin/servers`: every server the reader may see, alive. */
export function serversRouter(hub: Hub): Router<HubState> {
  const prefix = `${hub.settings.baseUrl}hub/admin/servers`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(prefix, signedIn(hub), (ctx) => {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(ServersView, listOf(hub, shellOf(hub, ctx), person, serversQueryOf(ctx.query)));
  });

  router.get(`${prefix}/live`, signedIn(hub), (ctx) => {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    const query = serversQueryOf(ctx.query);
    const shell = shellOf(hub, ctx);
    const shown = pageOf(find(hub, person, query).matching, query).map(keyOf);
    streamParts(hub, ctx, {
      page: `${prefix}${serversSearch(query)}`,
      render: () => liveParts(hub, { ...shell, now: hub.clock.now() }, person, query, shown),
    });
  });

  return router;
}

/** The rows that stood on the page when the stream began, in whatever state they are now, and the sums. */
function liveParts(
  hub: Hub,
  shell: Shell,
  person: Person,
  query: ServersQuery,
  shown: readonly string[],
): Parts {
  const props = listOf(hub, shell, person, query);
  const fresh = props.rows.filter(({ key }) => !shown.includes(key)).length;
  const live = { ...props, totals: { ...props.totals, fresh } };
  const parts = new Map([
    ['servers-summary', renderPart(ServersSummary, live)],
    ['servers-fresh', renderPart(FreshServers, live)],
  ]);
  for (const key of shown) {
    const server = hub.tables.servers.get(key);
    const row = server === undefined ? null : rowOf(hub, shell, server);
    // Its record is gone, with its owner or without.
    if (row === null) parts.set(rowId(key), '');
    else parts.set(row.id, renderPart(ServerRow, { shell, row, mayStop: props.mayStop }));
  }
  return parts;
}

function listOf(hub: Hub, shell: Shell, person: Person, query: ServersQuery): ServersProps {
  const { known, running, matching } = find(hub, person, query);
  return {
    shell,
    query,
    rows: pageOf(matching, query).map((server) => rowOf(hub, shell, server)),
    totals: { known, running, matching: matching.length, fresh: 0 },
    mayStop: holdsSome(person.scopes, 'servers'),
  };
}

function find(hub: Hub, person: Person, query: ServersQuery) {
  const around = { tables: hub.tables, usage: hub.usage, now: hub.clock.now() };
  return findServers(around, person.scopes, query);
}

function rowOf(hub: Hub, { t, baseUrl, person }: Shell, server: Server): ServerRowProps {
  const links = linksOf(baseUrl, server);
  const { profile } = server.options;
  return {
    id: rowId(keyOf(server)),
    key: keyOf(server),
    user: server.user,
    name: server.name,
    label: labelOf(t, server, person?.name ?? ''),
    state: server.state,
    image: server.image,
    profile: typeof profile === 'string' ? profile : null,
    started: server.started,
    lastActivity: server.lastActivity,
    usage: usageOf(hub, server),
    sparks: sparksOf(hub, server),
    links,
    usagePage: usagePath(baseUrl, server),
  };
}

function keyOf({ user, name }: Server): string {
  return serverKey(user, name);
}

/** Of an element: what stands in names may not stand in an id that is looked up. */
function rowId(key: string): string {
  return `s-${encodeURIComponent(key).replaceAll('%', '_')}`;
}
