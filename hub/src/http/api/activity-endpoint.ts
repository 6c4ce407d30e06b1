import { z } from 'zod';
import { serverKey } from '../../domain/server.ts';
import type { User } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import { answerEmpty } from './answer.ts';
import { endpoint } from './endpoint.ts';
import { findUser } from './find-user.ts';
import { Refusal } from './refusal.ts';
import { parseTimestamp, timestamp } from './timestamp.ts';

/** A notebook's clock may be an hour off (contract §0.12); more than that is a mistake. */
const FUTURE_MS = 59 * 60_000;
const DICT = 'servers must be a dict of the form {server_name: {last_activity: timestamp}}';

const report = z
  .object(
    {
      last_activity: z.unknown().optional(),
      servers: z
        .record(z.string(), z.object({ last_activity: z.unknown() }, { error: DICT }), { error: DICT })
        .nullish(),
    },
    { error: 'body must be a json dict' },
  )
  .optional();

/** `POST /users/:name/activity`: what every notebook sends every five minutes. */
export const activityEndpoint = endpoint({
  method: 'POST',
  path: '/users/:name/activity',
  summary: 'Report activity of a user and their servers',
  access: { kind: 'one', on: 'user', any: ['users:activity'] },
  body: report,
  answers: {
    200: { description: 'Noted; times only ever move forward' },
    400: { description: 'No such server, no timestamp, or one from the future' },
    404: { description: 'No such user' },
  },
  handle: ({ ctx, hub, param, body }) => {
    const user = findUser(hub, param('name'), `No such user: ${param('name').slice(0, 80)}`);
    if (body === undefined) throw new Refusal(400, 'body must be a json dict');
    const servers = Object.entries(body.servers ?? {});
    if (!body.last_activity && servers.length === 0) {
      throw new Refusal(400, 'body must contain at least one of `last_activity` or `servers`');
    }
    for (const [name] of servers) checkServer(hub, user, name);
    const seen = new Map(servers.map(([name, server]) => [name, timeOf(hub, server.last_activity)]));
    const last = body.last_activity ? timeOf(hub, body.last_activity) : null;
    hub.recordActivity({ user: user.name, lastActivity: last, servers: seen });
    answerEmpty(ctx, 200);
  },
});

function checkServer(hub: Hub, user: User, name: string): void {
  if (hub.tables.servers.get(serverKey(user.name, name)) !== undefined) return;
  throw new Refusal(400, `No such server '${name.slice(0, 80)}' for user ${user.name}`);
}

function timeOf(hub: Hub, raw: unknown): number {
  const at = parseTimestamp(raw);
  if (at === null) throw new Refusal(400, `Not a valid timestamp: ${JSON.stringify(raw)?.slice(0, 80)}`);
  if (at - hub.clock.now() > FUTURE_MS) {
    throw new Refusal(400, `Rejecting activity from more than an hour in the future: ${timestamp(at)}`);
  }
  return at;
}
