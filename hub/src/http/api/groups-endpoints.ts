import { z } from 'zod';
import { type Group, isGroupName } from '../../domain/group.ts';
import { limitsOf } from '../../domain/scope.ts';
import { normalizeUsername } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import { answerEmpty, answerJson } from './answer.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { answerPage, pageOf } from './page.ts';
import { presentGroup } from './present-group.ts';
import { Refusal } from './refusal.ts';
import { dictionary } from './shape.ts';

const NAMES_MAX = 5000;
const NONE = 'Must specify at least one group to create';
const users = z.array(z.string({ error: 'usernames must be str' })).max(NAMES_MAX);
// JupyterHub takes `roles` along and does nothing with it: roles come from the configuration.
const more = { users: users.optional(), roles: z.array(z.string()).optional() };
const newGroups = z
  .strictObject(
    {
      groups: z.array(z.string({ error: 'group names must be str' }), { error: NONE }).max(NAMES_MAX),
      ...more,
    },
    { error: ({ code }) => (code === 'unrecognized_keys' ? undefined : NONE) },
  )
  .optional();
const newGroup = z.strictObject({ ...more, name: z.string().optional() }).nullish();
const members = z.strictObject({ ...more, users, name: z.string().optional() });

/** `/groups` and `/groups/:name`. */
export const groupsEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/groups',
    summary: 'List groups',
    access: { kind: 'some', any: ['list:groups'] },
    query: { offset: 'First to show', limit: 'How many' },
    answers: { 200: { description: 'Groups', model: 'GroupList' } },
    handle: list,
  },
  endpoint({
    method: 'POST',
    path: '/groups',
    summary: 'Create groups',
    access: { kind: 'whole', any: ['admin:groups'] },
    body: newGroups,
    answers: {
      201: { description: 'Those that were created', model: 'Groups' },
      400: { description: 'No names, names that cannot be used, or no such user' },
      409: { description: 'One is there already; none was created' },
    },
    handle: async ({ ctx, hub, caller, body }) => {
      if (body === undefined || body.groups.length === 0) throw new Refusal(400, NONE);
      const created = await create(hub, body.groups, body.users ?? []);
      answerJson(
        ctx,
        created.map((group) => presentGroup(hub, caller, group)),
        201,
      );
    },
  }),
  {
    method: 'GET',
    path: '/groups/:name',
    summary: 'One group',
    access: { kind: 'one', on: 'group', any: ['read:groups', 'read:groups:name', 'read:roles:groups'] },
    answers: { 200: { description: 'The group', model: 'Group' }, 404: { description: 'No such group' } },
    handle: ({ ctx, hub, caller, param }) => {
      answerJson(ctx, presentGroup(hub, caller, findGroup(hub, param('name'))));
    },
  },
  endpoint({
    method: 'POST',
    path: '/groups/:name',
    summary: 'Create a group',
    access: { kind: 'one', on: 'group', any: ['admin:groups'] },
    body: newGroup,
    answers: {
      201: { description: 'The group', model: 'Group' },
      400: { description: 'The name cannot be used, or no such user' },
      409: { description: 'It is there already' },
    },
    handle: async ({ ctx, hub, caller, param, body }) => {
      const [group] = await create(hub, [param('name')], body?.users ?? []);
      if (group !== undefined) answerJson(ctx, presentGroup(hub, caller, group), 201);
    },
  }),
  {
    method: 'DELETE',
    path: '/groups/:name',
    summary: 'Remove a group; its members stay',
    access: { kind: 'one', on: 'group', any: ['delete:groups'] },
    answers: { 204: { description: 'Gone' }, 404: { description: 'No such group' } },
    handle: async ({ ctx, hub, param }) => {
      refuseManaged(hub);
      await hub.changeGroups.remove(findGroup(hub, param('name')).name);
      answerEmpty(ctx, 204);
    },
  },
  memberEndpoint('POST', 'Add users to a group', 'join'),
  memberEndpoint('DELETE', 'Take users out of a group', 'leave'),
  endpoint({
    method: 'PUT',
    path: '/groups/:name/properties',
    summary: 'Replace what is noted about a group',
    access: { kind: 'one', on: 'group', any: ['groups'] },
    body: z.unknown(),
    answers: {
      200: { description: 'The group', model: 'Group' },
      400: { description: 'Not a dictionary' },
      404: { description: 'No such group' },
    },
    handle: async ({ ctx, hub, caller, param, body }) => {
      const { name } = findGroup(hub, param('name'));
      const properties = dictionary.safeParse(body);
      if (!properties.success) throw new Refusal(400, 'Must specify properties');
      answerJson(ctx, presentGroup(hub, caller, await hub.changeGroups.setProperties(name, properties.data)));
    },
  }),
];

function list({ ctx, hub, caller }: Call): void {
  const limits = limitsOf(caller.scopes, 'list:groups');
  const page = pageOf(ctx);
  const all = [...hub.tables.groups.values()];
  const shown = limits === 'all' ? all : all.filter(({ name }) => limits?.group.has(name) === true);
  const models = shown
    .slice(page.offset, page.offset + page.limit)
    .map((group) => presentGroup(hub, caller, group));
  answerPage(ctx, JSON.stringify(models), page, shown.length);
}

async function create(
  hub: Hub,
  names: readonly string[],
  people: readonly string[],
): Promise<readonly Group[]> {
  refuseManaged(hub);
  for (const name of names) {
    if (hub.tables.groups.get(name) !== undefined) throw new Refusal(409, `Group ${name} already exists`);
    if (!isGroupName(name)) throw new Refusal(400, `Invalid group name: ${name.slice(0, 80)}`);
  }
  return await hub.changeGroups.create({ names, users: knownUsers(hub, people) });
}

function memberEndpoint(method: 'POST' | 'DELETE', summary: string, what: 'join' | 'leave'): Endpoint {
  return endpoint({
    method,
    path: '/groups/:name/users',
    summary,
    access: { kind: 'one', on: 'group', any: ['groups'] },
    body: z.unknown(),
    answers: {
      200: { description: 'The group', model: 'Group' },
      400: { description: 'No users named, or one who is not there' },
      404: { description: 'No such group' },
    },
    handle: async ({ ctx, hub, caller, param, body }) => {
      refuseManaged(hub);
      const group = findGroup(hub, param('name')).name;
      const named = members.safeParse(body);
      if (!named.success) {
        throw new Refusal(400, `Must specify users to ${method === 'POST' ? 'add' : 'delete'}`);
      }
      const people = knownUsers(hub, named.data.users);
      answerJson(ctx, presentGroup(hub, caller, await hub.changeGroups.members({ group, [what]: people })));
    },
  });
}

/** @throws Refusal 400, with JupyterHub's sentence, where groups are the provider's (`manage_groups`). */
function refuseManaged(hub: Hub): void {
  if (hub.settings.managedGroups) throw new Refusal(400, 'Group management via API is disabled');
}

/** @throws Refusal 400 when one is not there: then nobody joins or leaves. */
function knownUsers(hub: Hub, names: readonly string[]): readonly string[] {
  return names.map((raw) => {
    const name = normalizeUsername(raw);
    if (hub.tables.users.get(name) === undefined)
      throw new Refusal(400, `No such user: ${name.slice(0, 80)}`);
    return name;
  });
}

function findGroup(hub: Hub, name: string): Group {
  const group = hub.tables.groups.get(name);
  if (group === undefined) throw new Refusal(404, `No such group: ${name.slice(0, 80)}`);
  return group;
}
