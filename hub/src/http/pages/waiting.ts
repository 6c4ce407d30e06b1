import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import { holds } from '../../domain/scope.ts';
import { isUsername, usernameInUrl } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import type { WaitingProps } from '../views/admin-props.ts';
import { type Person, personOf, requireScope, signedIn } from './signed-in.ts';

/** Whether this person may let new people in: who may add anybody, not only some group's. */
export function mayAdd(person: Person): boolean {
  return holds(person.scopes, 'admin:users');
}

export function waitingOf(hub: Hub): readonly WaitingProps[] {
  const prefix = `${hub.settings.baseUrl}hub/admin`;
  return hub.signUp.waiting().map(({ name, created, address }) => ({
    name,
    created,
    address,
    approve: `${prefix}/approve/${usernameInUrl(name)}`,
    reject: `${prefix}/reject/${usernameInUrl(name)}`,
  }));
}

/** `POST /hub/admin/approve/:user` and `reject/:user`: who asked for an account. Never by GET: links are followed. */
export function waitingRouter(hub: Hub): Router<HubState> {
  const prefix = `${hub.settings.baseUrl}hub/admin`;
  const router = new Router<HubState>({ prefix, sensitive: true, strict: true });

  router.post('/approve/:user', signedIn(hub), async (ctx) => {
    const name = nameOf(ctx);
    await hub.signUp.approve(name, personOf(ctx).user.name);
    ctx.status = 303;
    ctx.redirect(`${prefix}?approved=${encodeURIComponent(name)}`);
  });

  router.post('/reject/:user', signedIn(hub), async (ctx) => {
    const name = nameOf(ctx);
    await hub.signUp.reject(name, personOf(ctx).user.name);
    ctx.status = 303;
    ctx.redirect(`${prefix}?rejected=${encodeURIComponent(name)}`);
  });

  /** @throws Problem PERM-001, HTTP-404. */
  function nameOf(ctx: HubContext & { params: Record<string, string> }): string {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    requireScope(person, 'admin:users');
    const name = ctx.params.user ?? '';
    if (!isUsername(name)) throw new Problem('HTTP-404');
    return name;
  }

  return router;
}
