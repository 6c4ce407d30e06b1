import { z } from 'zod';
import { type Caller, isAdminCaller, mayMakeAdmins } from '../../domain/caller.ts';
import { serverKey } from '../../domain/server.ts';
import { isUsername, normalizeUsername, type User } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import { answerEmpty, answerJson } from './answer.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { findUser } from './find-user.ts';
import { presentUser } from './present-user.ts';
import { queryFlag } from './query.ts';
import { Refusal } from './refusal.ts';
import { withAuthState } from './with-auth-state.ts';

const ADMIN = { error: 'user.admin must be bool' };
const creation = z.strictObject({ admin: z.boolean(ADMIN).optional() }).nullish();
const change = z
  .strictObject({
    name: z.string({ error: 'user.name must be str' }).optional(),
    admin: z.boolean(ADMIN).optional(),
  })
  .optional();

const READ = [
  'read:users',
  'read:users:name',
  'read:servers',
  'read:users:groups',
  'read:users:activity',
  'read:roles:users',
];

/** `/users/:name`. */
export const userEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/users/:name',
    summary: 'One user, as far as the caller may see',
    access: { kind: 'one', on: 'user', any: READ },
    query: { include_stopped_servers: '1 shows servers that do not run too' },
    answers: {
      200: { description: 'The user', model: 'User' },
      404: { description: 'Not there, or not for you' },
    },
    handle: ({ ctx, hub, caller, param }) => {
      const stopped = queryFlag(ctx.query.include_stopped_servers);
      const user = findUser(hub, param('name'));
      answerJson(ctx, withAuthState(hub, user, presentUser(hub, caller, user, { stopped })));
    },
  },
  endpoint({
    method: 'POST',
    path: '/users/:name',
    summary: 'Create a user',
    access: { kind: 'one', on: 'user', any: ['admin:users'] },
    body: creation,
    answers: {
      201: { description: 'The user', model: 'User' },
      400: { description: 'The name cannot be used' },
      409: { description: 'The user is there already' },
    },
    handle: create,
  }),
  endpoint({
    method: 'PATCH',
    path: '/users/:name',
    summary: 'Rename a user, or change whether they are an administrator',
    access: { kind: 'one', on: 'user', any: ['admin:users'] },
    body: change,
    answers: {
      200: { description: 'The user', model: 'User' },
      400: { description: 'The new name is taken or cannot be used' },
      403: { description: 'Only administrators change administrators' },
      404: { description: 'No such user' },
    },
    handle: patch,
  }),
  {
    method: 'DELETE',
    path: '/users/:name',
    summary: 'Remove a user; servers stop first, files stay',
    access: { kind: 'one', on: 'user', any: ['delete:users'] },
    answers: {
      204: { description: 'Gone' },
      400: { description: 'Yourself, or a server that is just stopping' },
      404: { description: 'No such user' },
    },
    handle: remove,
  },
];

async function create({ ctx, hub, caller, param, body }: Call<z.infer<typeof creation>>): Promise<void> {
  const name = normalizeUsername(param('name'));
  if (hub.tables.users.get(name) !== undefined) throw new Refusal(409, `User ${name} already exists`);
  if (!isUsername(name)) throw new Refusal(400, `Invalid username: ${name.slice(0, 80)}`);
  const admin = body?.admin === true;
  if ((admin || hub.namesAdministrator(name)) && !mayMakeAdmins(caller, hub.roles)) {
    throw new Refusal(403, 'Only admins can grant admin permissions');
  }
  const [user] = await hub.createUsers({ names: [name], admin });
  if (user === undefined) throw new Refusal(409, `User ${name} already exists`);
  answerJson(ctx, presentUser(hub, caller, user), 201);
}

async function patch({ ctx, hub, caller, param, body }: Call<z.infer<typeof change>>): Promise<void> {
  const user = findUser(hub, param('name'));
  if (body === undefined) throw new Refusal(400, 'Invalid JSON data: None');
  const newName = body.name === undefined || body.name === user.name ? null : normalizeUsername(body.name);
  if (newName !== null) checkNewName(hub, newName);
  checkAdminRules(
    hub,
    caller,
    user,
    body.admin === true || (newName !== null && hub.namesAdministrator(newName)),
  );
  const changed = await hub.changeUser({ name: user.name, newName, admin: body.admin ?? null });
  answerJson(ctx, { ...presentUser(hub, caller, changed), auth_state: null });
}

function checkNewName(hub: Hub, name: string): void {
  if (!isUsername(name)) throw new Refusal(400, `Invalid username: ${name.slice(0, 80)}`);
  if (hub.tables.users.get(name) !== undefined) {
    throw new Refusal(400, `User ${name} already exists, username must be unique`);
  }
}

/** `admin:users` alone makes nobody an administrator (CVE-2024-41942), nor does an administrator's for some accounts. */
function checkAdminRules(hub: Hub, caller: Caller, user: User, admin: boolean): void {
  if (hub.namesAdministrator(user.name) && !isAdminCaller(caller, hub.roles)) {
    throw new Refusal(403, 'Only admins can modify other admins');
  }
  if (admin && !mayMakeAdmins(caller, hub.roles))
    throw new Refusal(403, 'Only admins can grant admin permissions');
}

async function remove({ ctx, hub, caller, param }: Call): Promise<void> {
  const user = findUser(hub, param('name'));
  if (caller.kind !== 'service' && caller.user.name === user.name) {
    throw new Refusal(400, 'Cannot delete yourself!');
  }
  // JupyterHub lets whoever may delete delete anybody. An administrator can be removed by one only.
  checkAdminRules(hub, caller, user, false);
  if (hub.tables.servers.get(serverKey(user.name, ''))?.state === 'stopping') {
    throw new Refusal(400, `${user.name}'s server is in the process of stopping, please wait.`);
  }
  await hub.removeUser(user.name);
  answerEmpty(ctx, 204);
}
