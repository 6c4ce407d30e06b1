import { z } from 'zod';
import { callerName } from '../../domain/caller.ts';
import { type Server, serverKey } from '../../domain/server.ts';
import type { Hub } from '../hub.ts';
import { answerJson } from './answer.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { findUser } from './find-user.ts';
import { notFound } from './refusal.ts';
import { timestamp } from './timestamp.ts';

const wish = z.union([z.object({ seconds: z.number().positive().optional() }), z.null()]).optional();

/** What comes of a server that nobody uses, and keeping it from that. Berth's own, under a prefix of its own. */
export const keepEndpoints: readonly Endpoint[] = [
  '/berth/users/:name/server/keep',
  '/berth/users/:name/servers/:server/keep',
].flatMap((path) => [
  {
    method: 'GET',
    path,
    summary: 'When the server sleeps or stops, if nobody uses it (Berth)',
    access: { kind: 'one', on: 'server', any: ['read:servers'] },
    answers: {
      200: { description: 'Times, or null: never', model: 'Rest' },
      404: { description: 'No such server' },
    },
    handle: ({ ctx, hub, param }) => {
      const user = findUser(hub, param('name'));
      const server = hub.tables.servers.get(serverKey(user.name, param('server')));
      if (server === undefined) throw notFound();
      answerJson(ctx, present(hub, server));
    },
  },
  endpoint({
    method: 'POST',
    path,
    summary:
      'Keep the server from being stopped for idleness, for `seconds` or as long as the settings allow (Berth)',
    access: { kind: 'one', on: 'server', any: ['servers'] },
    body: wish,
    answers: {
      200: { description: 'It is kept; its longest age ends it all the same', model: 'Rest' },
      400: { description: 'It does not run' },
      404: { description: 'No such server' },
    },
    handle: async ({ ctx, hub, caller, param, body }: Call<z.infer<typeof wish>>) => {
      const user = findUser(hub, param('name'));
      const which = { user: user.name, server: param('server'), seconds: body?.seconds };
      answerJson(ctx, present(hub, await hub.idle.keep({ ...which, by: callerName(caller) })));
    },
  }),
]);

function present(hub: Hub, server: Server): Record<string, unknown> {
  const { freezesAt, stopsAt, why } = hub.idle.foresee(server);
  return {
    keep_until: timestamp(server.keepUntil),
    freezes_at: timestamp(freezesAt),
    stops_at: timestamp(stopsAt),
    why,
    frozen: server.state === 'frozen',
  };
}
