import Router from '@koa/router';
import { rolesOfService } from '../../domain/role.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { renderPage } from '../views/render.ts';
import { sayScope } from '../views/say.ts';
import { ServicesView } from '../views/services.tsx';
import { requireAdministrator } from './require-administrator.ts';
import { shellOf } from './shell.ts';
import { signedIn } from './signed-in.ts';

/** `/hub/admin/services`: services and roles, to be read. */
export function servicesRouter(hub: Hub): Router<HubState> {
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(`${hub.settings.baseUrl}hub/admin/services`, signedIn(hub), (ctx) => {
    requireAdministrator(hub, ctx);
    const { t } = ctx.state;
    const services = [...hub.tables.services.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(ServicesView, {
      shell: shellOf(hub, ctx),
      services: services.map((service) => ({
        name: service.name,
        admin: service.admin,
        url: service.url,
        lastActivity: service.lastActivity,
        roles: rolesOfService(hub.roles, service),
      })),
      roles: [...hub.roles.values()].map(({ name, description, scopes, users, groups, services: named }) => ({
        name,
        description,
        scopes: scopes.map((scope) => ({ name: scope, sentence: sayScope(t, scope) })),
        holders: [...users, ...groups, ...named],
      })),
    });
  });

  return router;
}
