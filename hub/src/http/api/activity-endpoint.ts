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

const servers = z.record(z.string(), z.object({ last_activity: z.unknown().optional() }, { error: DICT }), {
  error: DICT,
});
const report = z
  .object(
    {
      last_activity: z.unknown().optional(),
      // An empty list is nothing, as it is in Python.
      servers: z.union([z.tuple([]).transform(() => undefined), servers], { error: DICT }).nullish(),
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
  quiet: true,
  answers: {
    200: { description: 'Noted; times only ever move forward' },
    400: { description: 'No such server, no timestamp, or one from the future' },
    404: { description: 'No such user' },
  },
  handle: ({ ctx, hub, param, body }) => {
    const user = findUser(hub, param('name'), `No such user: '${param('name').slice(0, 80)}'`);
    if (body === undefined) throw new Refusal(400, 'body must be a json dict');
    const told = Object.entries(body.servers ?? {});
    if (!body.last_activity && told.length === 0) {
      throw new Refusal(400, 'body must contain at least one of `last_activity` or `servers`');
    }
    const seen = new Map(told.map(([name, at]) => [name, serverTime(hub, user, name, at.last_activity)]));
    const last = body.last_activity ? timeOf(hub, body.last_activity) : null;
    hub.recordActivity({ user: user.name, lastActivity: last, servers: seen });
    answerEmpty(ctx, 200);
  },
});

function serverTime(hub: Hub, user: User, name: string, at: unknown): number {
  if (hub.tables.servers.get(serverKey(user.name, name)) === undefined) {
    throw new Refusal(400, `No such server '${name.slice(0, 80)}' for user ${user.name}`);
  }
  if (at === undefined) throw new Refusal(400, DICT);
  return timeOf(hub, at);
}

function timeOf(hub: Hub, raw: unknown): number {
  const at = parseTimestamp(raw);
  if (at === null) {
    const shown = typeof raw === 'string' ? `'${raw}'` : JSON.stringify(raw);
    throw new Refusal(400, `Not a valid timestamp: ${shown.slice(0, 80)}`);
  }
  if (at - hub.clock.now() > FUTURE_MS) {
    throw new Refusal(400, `Rejecting activity from more than an hour in the future: ${timestamp(at)}`);
  }
  return at;
}
