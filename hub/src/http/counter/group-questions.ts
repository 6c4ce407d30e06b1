import type Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import { rolesOfGroup } from '../../domain/role.ts';
import type { Hub } from '../hub.ts';
import { timeOf } from './time-of.ts';

/** Groups, and who is in them. */
export function groupQuestions(router: Router, { tables, roles }: Hub): void {
  router.get('/groups', (ctx) => {
    const groups = [...tables.groups.values()].map((group) => ({
      name: group.name,
      members: tables.users.where('group', group.name).length,
      roles: rolesOfGroup(roles, group),
      created: timeOf(group.created),
    }));
    ctx.body = { groups };
  });

  router.get('/groups/:name', (ctx) => {
    const group = tables.groups.get(ctx.params.name ?? '');
    if (group === undefined) throw new Problem('HTTP-404', { detail: 'There is no such group.' });
    const members = tables.users
      .where('group', group.name)
      .map(({ name, admin, lastActivity }) => ({ name, admin, lastActivity: timeOf(lastActivity) }));
    ctx.body = { group: group.name, properties: group.properties, members };
  });
}
