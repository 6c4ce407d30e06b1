import { z } from 'zod';
import { mayMakeAdmins } from '../../domain/caller.ts';
import { isUsername, normalizeUsername } from '../../domain/user.ts';
import type { UserQuery } from '../../usecases/list-users.ts';
import { answerJson } from './answer.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { answerPage, pageOf } from './page.ts';
import { presentUser } from './present-user.ts';
import { queryFlag, queryWord } from './query.ts';
import { Refusal } from './refusal.ts';
import { userText } from './user-text.ts';

const STATES = ['active', 'ready', 'inactive'] as const;
const SORTS = ['id', 'name', 'last_activity'] as const;
// One request may make a whole course, not fill the store.
const NAMES_MAX = 5000;

const NONE = 'Must specify at least one user to create';
const names = z.array(z.string({ error: 'usernames must be str' }), { error: NONE });
const newUsers = z
  .strictObject(
    { usernames: names.max(NAMES_MAX), admin: z.boolean({ error: 'user.admin must be bool' }).optional() },
    { error: ({ code }) => (code === 'unrecognized_keys' ? undefined : NONE) },
  )
  .optional();

/** `/users`: the list, and making several at once. */
export const usersEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/users',
    summary: 'List users',
    access: { kind: 'some', any: ['list:users'] },
    query: {
      state: 'active, ready or inactive',
      name_filter: 'Part of a name',
      sort: 'id, name or last_activity; a leading - turns it round',
      include_stopped_servers: '1 shows servers that do not run too',
      offset: 'First to show',
      limit: 'How many: 50 unless told, 200 at most',
    },
    answers: {
      200: { description: 'Users', model: 'UserList' },
      400: { description: 'Unknown state or order' },
    },
    handle: list,
  },
  endpoint({
    method: 'POST',
    path: '/users',
    summary: 'Create users',
    access: { kind: 'whole', any: ['admin:users'] },
    body: newUsers,
    answers: {
      201: { description: 'Those that were created', model: 'Users' },
      400: { description: 'No names, or names that cannot be used' },
      403: { description: 'Only administrators make administrators' },
      409: { description: 'All are there already' },
    },
    handle: async ({ ctx, hub, caller, body }) => {
      if (body === undefined || body.usernames.length === 0) throw new Refusal(400, NONE);
      const admin = body.admin === true;
      const wanted = body.usernames.map(normalizeUsername);
      checkNames(wanted);
      const fresh = wanted.filter((name) => hub.tables.users.get(name) === undefined);
      if (fresh.length === 0) throw new Refusal(409, `All ${wanted.length} users already exist`);
      if ((admin || fresh.some(hub.namesAdministrator)) && !mayMakeAdmins(caller, hub.roles)) {
        throw new Refusal(403, 'Only admins can grant admin permissions');
      }
      const users = await hub.createUsers({ names: fresh, admin });
      answerJson(
        ctx,
        users.map((user) => presentUser(hub, caller, user)),
        201,
      );
    },
  }),
];

/** @throws Refusal 400 that names them; cut short, for they may be long. */
function checkNames(names: readonly string[]): void {
  const bad = names.filter((name) => !isUsername(name)).map((name) => name.slice(0, 80));
  if (bad.length === 1) throw new Refusal(400, `Invalid username: ${bad[0]}`);
  if (bad.length > 1) throw new Refusal(400, `Invalid usernames: ${bad.slice(0, 10).join(', ')}`);
}

function list({ ctx, hub, caller }: Call): void {
  const page = pageOf(ctx);
  const { users, total } = hub.listUsers({
    ...orderOf(queryWord(ctx.query.sort) ?? 'id'),
    ...page,
    state: stateOf(queryWord(ctx.query.state)),
    name: queryWord(ctx.query.name_filter) ?? '',
    scopes: caller.scopes,
  });
  const stopped = queryFlag(ctx.query.include_stopped_servers);
  const texts = users.map((user) => userText(hub, caller, user, { stopped })).filter((text) => text !== null);
  answerPage(ctx, `[${texts.join(',')}]`, page, total);
}

function stateOf(raw: string | null): UserQuery['state'] {
  if (raw === null || raw === '') return null;
  const state = STATES.find((known) => known === raw);
  if (state === undefined) throw new Refusal(400, `Unrecognized state filter: '${raw.slice(0, 80)}'`);
  return state;
}

function orderOf(raw: string): Pick<UserQuery, 'sort' | 'descending'> {
  const descending = raw.startsWith('-');
  const sort = SORTS.find((known) => known === raw.slice(descending ? 1 : 0));
  if (sort === undefined) {
    throw new Refusal(400, `sort must be 'id', 'name', or 'last_activity', not '${raw.slice(0, 80)}'`);
  }
  return { sort, descending };
}
