import Router from '@koa/router';
import { type Group, isGroupName } from '../../domain/group.ts';
import { Problem } from '../../domain/problem.ts';
import { rolesOfGroup } from '../../domain/role.ts';
import { holds, limitsOf } from '../../domain/scope.ts';
import { isUsername, usernameInUrl } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { GroupView } from '../views/group.tsx';
import { GroupsView } from '../views/groups.tsx';
import type { GroupProps, GroupsProps } from '../views/groups-props.ts';
import { renderPage } from '../views/render.ts';
import { joinMany } from './join-many.ts';
import { shellOf } from './shell.ts';
import { type Person, personOf, requireScope, signedIn } from './signed-in.ts';

type Here = HubContext & { params: Record<string, string> };

/**
 * `/hub/admin/groups` and `/hub/admin/groups/:name`: who is in which group. The rights are the API's: seeing
 * takes `list:groups`, members `groups`, making and removing `admin:groups` and `delete:groups`; each may be
 * limited to some groups. Where groups are the provider's, nobody edits them.
 */
export function groupsRouter(hub: Hub): Router<HubState> {
  const page = `${hub.settings.baseUrl}hub/admin/groups`;
  const router = new Router<HubState>({ sensitive: true, strict: true });
  const managed = hub.settings.managedGroups;

  router.get(page, signedIn(hub), (ctx) => {
    const { groups } = ctx.state.t;
    const { removed } = ctx.query;
    const gone = typeof removed === 'string' && isGroupName(removed) && !hub.tables.groups.get(removed);
    showList(ctx, { notice: gone ? groups.removed(removed) : null });
  });

  router.post(page, signedIn(hub), async (ctx) => {
    const { groups } = ctx.state.t;
    const name = (ctx.state.form.get('name') ?? '').trim();
    mustHold(ctx, 'admin:groups', name);
    if (!isGroupName(name)) return refuse(ctx, groups.badName, name);
    if (hub.tables.groups.get(name) !== undefined) return refuse(ctx, groups.taken(name), name);
    await hub.changeGroups.create({ names: [name], users: [] });
    ctx.status = 303;
    ctx.redirect(`${page}/${encodeURIComponent(name)}?made`);
  });

  router.get(`${page}/:name`, signedIn(hub), (ctx) => {
    const { groups } = ctx.state.t;
    const group = seen(ctx);
    const { made, out } = ctx.query;
    const left = typeof out === 'string' && isUsername(out) && !isMember(out, group) ? out : null;
    show(ctx, group, {
      notice: made !== undefined ? groups.made(group.name) : left === null ? null : groups.tookOut(left),
    });
  });

  router.post(`${page}/:name/add`, signedIn(hub), async (ctx) => {
    const { groups } = ctx.state.t;
    const group = seen(ctx);
    mustHold(ctx, 'groups', group.name);
    const names = ctx.state.form.get('names') ?? '';
    const answer = await joinMany(hub, group.name, names);
    if (answer.kind === 'refused') {
      ctx.status = 400;
      show(ctx, group, { error: groups[answer.why], names: names.slice(0, 20_000) });
    } else {
      show(ctx, group, { results: answer.results });
    }
  });

  router.post(`${page}/:name/take-out/:user`, signedIn(hub), async (ctx) => {
    const group = seen(ctx);
    mustHold(ctx, 'groups', group.name);
    const user = ctx.params.user ?? '';
    if (!isUsername(user) || !isMember(user, group)) throw new Problem('HTTP-404');
    await hub.changeGroups.members({ group: group.name, leave: [user] });
    ctx.status = 303;
    ctx.redirect(`${page}/${encodeURIComponent(group.name)}?out=${encodeURIComponent(user)}`);
  });

  router.post(`${page}/:name/remove`, signedIn(hub), async (ctx) => {
    const group = seen(ctx);
    mustHold(ctx, 'delete:groups', group.name);
    await hub.changeGroups.remove(group.name);
    ctx.status = 303;
    ctx.redirect(`${page}?removed=${encodeURIComponent(group.name)}`);
  });

  function isMember(user: string, group: Group): boolean {
    return hub.tables.users.get(user)?.groups.includes(group.name) === true;
  }

  function may(person: Person, scope: string, group: string): boolean {
    return !managed && holds(person.scopes, scope, { kind: 'group', value: group });
  }

  /** @throws Problem PERM-001. */
  function mustHold(ctx: HubContext, scope: string, group: string): void {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    if (!may(person, scope, group)) throw new Problem('PERM-001', { name: person.user.name, scope });
  }

  /** The group of the path, for somebody who may see it. @throws Problem PERM-001, HTTP-404. */
  function seen(ctx: Here): Group {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    const group = hub.tables.groups.get(ctx.params.name ?? '');
    const visible =
      group !== undefined && holds(person.scopes, 'list:groups', { kind: 'group', value: group.name });
    if (!visible) throw new Problem('HTTP-404');
    return group;
  }

  function refuse(ctx: HubContext, error: string, name: string): void {
    ctx.status = 400;
    showList(ctx, { error, name: name.slice(0, 300) });
  }

  function showList(ctx: HubContext, more: Partial<GroupsProps>): void {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    const limits = limitsOf(person.scopes, 'list:groups');
    if (limits === null) throw new Problem('PERM-001', { name: person.user.name, scope: 'list:groups' });
    const groups = [...hub.tables.groups.values()]
      .filter(({ name }) => limits === 'all' || limits.group.has(name))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(GroupsView, {
      shell: shellOf(hub, ctx),
      groups: groups.map((group) => ({
        name: group.name,
        members: hub.tables.users.where('group', group.name).length,
        roles: rolesOfGroup(hub.roles, group),
        created: group.created,
        href: `${page}/${encodeURIComponent(group.name)}`,
      })),
      make: !managed && holds(person.scopes, 'admin:groups') ? page : null,
      managed,
      notice: null,
      error: null,
      name: '',
      ...more,
    });
  }

  function show(ctx: HubContext, group: Group, more: Partial<GroupProps>): void {
    const person = personOf(ctx);
    const here = `${page}/${encodeURIComponent(group.name)}`;
    const editable = may(person, 'groups', group.name);
    const members = hub.tables.users
      .where('group', group.name)
      .map(({ name }) => name)
      .toSorted();
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(GroupView, {
      shell: shellOf(hub, ctx),
      name: group.name,
      members: members.map((name) => ({
        name,
        takeOut: editable ? `${here}/take-out/${usernameInUrl(name)}` : null,
      })),
      add: editable ? `${here}/add` : null,
      remove: may(person, 'delete:groups', group.name) ? `${here}/remove` : null,
      managed,
      results: [],
      notice: null,
      error: null,
      names: '',
      back: page,
      ...more,
    });
  }

  return router;
}
