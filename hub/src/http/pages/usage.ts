import Router from '@koa/router';
import { isActive, type Server, serverKey } from '../../domain/server.ts';
import { USAGE_SPANS, type UsageSpan } from '../../domain/usage.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import type { Shell } from '../views/props.ts';
import { renderPage, renderPart } from '../views/render.ts';
import { UsageLive, UsageView } from '../views/usage.tsx';
import type { UsageLiveProps, UsagePageProps, UserUsageProps } from '../views/usage-props.ts';
import { type Parts, streamParts } from './changed-parts.ts';
import { labelOf } from './present-server.ts';
import { machineCharts, serverCharts, usagePath } from './present-usage.ts';
import { requireAdministrator } from './require-administrator.ts';
import { serverOf } from './server-of.ts';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

const BIGGEST = 10;

/** `/hub/usage/:user[/:server]`: one server's charts; `/hub/admin/usage`: the machine's, for administrators. */
export function usageRouter(hub: Hub): Router<HubState> {
  const base = `${hub.settings.baseUrl}hub`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(`${base}/admin/usage`, signedIn(hub), (ctx) => {
    requireAdministrator(hub, ctx);
    const shell = shellOf(hub, ctx);
    const span = spanOf(ctx);
    show(hub, ctx, {
      live: machineLive(hub, shell, span),
      title: shell.t.usage.machineTitle,
      path: `${base}/admin/usage`,
      stream: `${base}/admin/usage/live?span=${span}`,
      machine: true,
    });
  });

  router.get(`${base}/admin/usage/live`, signedIn(hub), (ctx) => {
    requireAdministrator(hub, ctx);
    const shell = shellOf(hub, ctx);
    const render = () => partsOf(machineLive(hub, fresh(hub, shell), spanOf(ctx)));
    streamParts(hub, ctx, { page: `${base}/admin/usage`, render });
  });

  router.get([`${base}/usage/:user`, `${base}/usage/:user/:server`], signedIn(hub), (ctx) => {
    const server = readable(hub, ctx);
    const shell = shellOf(hub, ctx);
    const span = spanOf(ctx);
    const path = usagePath(hub.settings.baseUrl, server);
    show(hub, ctx, {
      live: serverLive(hub, shell, server, span),
      title: shell.t.usage.title(labelOf(shell.t, server, shell.person?.name ?? '')),
      path,
      stream: `${path.replace('/hub/usage/', '/hub/usage-live/')}?span=${span}`,
      machine: false,
    });
  });

  router.get([`${base}/usage-live/:user`, `${base}/usage-live/:user/:server`], signedIn(hub), (ctx) => {
    const { user, name } = readable(hub, ctx);
    const shell = shellOf(hub, ctx);
    const render = () => {
      const server = hub.tables.servers.get(serverKey(user, name));
      return server === undefined ? null : partsOf(serverLive(hub, fresh(hub, shell), server, spanOf(ctx)));
    };
    streamParts(hub, ctx, { page: usagePath(hub.settings.baseUrl, { user, name }), render });
  });

  return router;
}

function show(hub: Hub, ctx: HubContext, props: Omit<UsagePageProps, 'every' | 'span'>): void {
  ctx.set('Cache-Control', 'no-store');
  ctx.body = renderPage(UsageView, { ...props, every: hub.usage.every, span: spanOf(ctx) });
}

/** @throws Problem HTTP-404 also when it is there and this person may not read it. */
function readable(hub: Hub, ctx: HubContext & { params: Record<string, string> }): Server {
  const { user = '', server = '' } = ctx.params;
  return serverOf(hub, personOf(ctx), 'read:servers', user, server);
}

function spanOf({ query }: HubContext): UsageSpan {
  return USAGE_SPANS.find((one) => one === query.span) ?? '1h';
}

function partsOf(live: UsageLiveProps): Parts {
  return new Map([['usage', renderPart(UsageLive, live)]]);
}

function fresh(hub: Hub, shell: Shell): Shell {
  return { ...shell, now: hub.clock.now() };
}

function serverLive(hub: Hub, shell: Shell, server: Server, span: UsageSpan): UsageLiveProps {
  const series = hub.usage.series(serverKey(server.user, server.name), span);
  const none = isActive(server) ? 'none' : 'stopped';
  return {
    shell,
    state: series.length === 0 ? none : 'measured',
    charts: serverCharts(series, server.grant),
    notes: [],
    biggest: [],
  };
}

function machineLive(hub: Hub, shell: Shell, span: UsageSpan): UsageLiveProps {
  const now = hub.usage.machine();
  const unlimited = now?.memory.unlimited ?? 0;
  return {
    shell,
    state: now === null ? 'none' : 'measured',
    charts: machineCharts(hub, span),
    notes: unlimited > 0 ? [shell.t.usage.unlimited(unlimited)] : [],
    biggest: biggest(hub, shell),
  };
}

function biggest(hub: Hub, { t, baseUrl, person }: Shell): readonly UserUsageProps[] {
  const uses = [...hub.tables.servers.values()].flatMap((server) => {
    const now = hub.usage.of(serverKey(server.user, server.name));
    return now === null ? [] : [{ server, now }];
  });
  return uses
    .toSorted((a, b) => b.now.memory - a.now.memory)
    .slice(0, BIGGEST)
    .map(({ server, now }) => ({
      label: labelOf(t, server, person?.name ?? ''),
      href: usagePath(baseUrl, server),
      cores: now.cores,
      memory: now.memory,
    }));
}
