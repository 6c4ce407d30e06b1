import { z } from 'zod';
import { callerName, isAdminOfServers } from '../../domain/caller.ts';
import type { Audience, SavedEnvironment } from '../../domain/saved-environment.ts';
import { slugOfEnvironment } from '../../domain/saved-environment.ts';
import { mayManage, mayShareWith, requireSaver } from '../saver.ts';
import { answerEmpty, answerJson } from './answer.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { findUser } from './find-user.ts';
import { notFound, Refusal } from './refusal.ts';
import { timestamp } from './timestamp.ts';

const wish = z.strictObject({
  name: z.string().trim().min(1).max(80),
  description: z.string().trim().max(400).optional(),
  /** `owner`, `everyone`, or `group` with its name. */
  for: z.enum(['owner', 'group', 'everyone']).optional(),
  group: z.string().optional(),
});

/** Berth's own. */
export const environmentsEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/berth/environments',
    summary: 'List saved environments (Berth)',
    access: { kind: 'some', any: ['servers'] },
    answers: { 200: { description: 'Those that the caller may remove', model: 'Environments' } },
    handle: ({ ctx, hub, caller }) => {
      const all = [...hub.tables.environments.values()].filter((one) => mayManage(hub, caller, one));
      answerJson(ctx, all.map(presentEnvironment));
    },
  },
  ...['/berth/users/:name/server/environment', '/berth/users/:name/servers/:server/environment'].map((path) =>
    endpoint({
      method: 'POST',
      path,
      summary: 'Save a running server as an environment (Berth)',
      access: { kind: 'one', on: 'server', any: ['servers'] },
      body: wish,
      answers: {
        201: { description: 'Saved: a profile from now on', model: 'Environment' },
        403: { description: 'Who asks may not save, or not for those' },
        409: { description: 'There are as many as may be, or it cannot be saved' },
      },
      handle: save,
    }),
  ),
  {
    method: 'DELETE',
    path: '/berth/environments/:name',
    summary: 'Remove a saved environment and its image (Berth)',
    access: { kind: 'some', any: ['servers'] },
    answers: { 204: { description: 'It is gone' }, 409: { description: 'A server runs with it' } },
    handle: async ({ ctx, hub, caller, param }) => {
      const found = hub.tables.environments.get(param('name'));
      if (found === undefined || !mayManage(hub, caller, found))
        throw notFound('There is no such environment');
      await hub.storage.removeEnvironment(found.id);
      answerEmpty(ctx, 204);
    },
  },
];

async function save({ ctx, hub, caller, param, body }: Call<z.infer<typeof wish>>): Promise<void> {
  const user = findUser(hub, param('name'));
  requireSaver(hub, caller, user.name);
  const audience = audienceOf(body);
  if (!mayShareWith(hub, caller, audience)) throw new Refusal(403, 'Only administrators share environments');
  const made = await hub.storage.saveEnvironment({
    user: user.name,
    server: param('server'),
    name: body.name,
    description: body.description ?? '',
    audience,
    by: callerName(caller),
    unlimited: isAdminOfServers(caller, hub.roles),
  });
  answerJson(ctx, presentEnvironment(made), 201);
}

function audienceOf({ for: whom = 'owner', group = '' }: z.infer<typeof wish>): Audience {
  if (whom !== 'group') return { kind: whom };
  if (group === '') throw new Refusal(400, 'Say which group');
  return { kind: 'group', group };
}

/** An environment as the API tells of it. */
function presentEnvironment(one: SavedEnvironment): Readonly<Record<string, unknown>> {
  return {
    id: one.id,
    profile: slugOfEnvironment(one),
    name: one.name,
    description: one.description,
    user: one.user,
    by: one.by,
    for: one.audience.kind,
    group: one.audience.kind === 'group' ? one.audience.group : null,
    image: one.image,
    base: one.base,
    size: one.size,
    created: timestamp(one.created),
  };
}
