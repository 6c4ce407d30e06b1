import { z } from 'zod';
import { serverKey } from '../../domain/server.ts';
import { answerJson } from './answer.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { findUser } from './find-user.ts';
import { Refusal } from './refusal.ts';

const limits = z.strictObject({
  /** Bytes. Less than what any notebook needs would end it at once. */
  mem_limit: z
    .number()
    .int()
    .min(64 * 1024 * 1024)
    .max(2 ** 50)
    .optional(),
  cpu_limit: z.number().min(0.01).max(1024).optional(),
});

/** Berth's own: JupyterHub has nothing like it. Under a prefix of its own, so that it never stands in a newer one's way. */
export const limitsEndpoints: readonly Endpoint[] = [
  '/berth/users/:name/server/limits',
  '/berth/users/:name/servers/:server/limits',
].map((path) =>
  endpoint({
    method: 'PATCH',
    path,
    summary: 'Change the limits of a running server (Berth)',
    access: { kind: 'one', on: 'server', any: ['admin:servers'] },
    body: limits,
    answers: {
      200: { description: 'In force: the limits as they are now' },
      400: { description: 'It does not run, or something is being done to it' },
      409: { description: 'The engine refuses, as for less memory than is in use' },
    },
    handle: change,
  }),
);

async function change({ ctx, hub, param, body }: Call<z.infer<typeof limits>>): Promise<void> {
  const user = findUser(hub, param('name'));
  const name = param('server');
  if (hub.tables.servers.get(serverKey(user.name, name)) === undefined) {
    throw new Refusal(404, `${user.name} has no such server`);
  }
  const { mem_limit: memory, cpu_limit: cpus } = body;
  if (memory === undefined && cpus === undefined)
    throw new Refusal(400, 'Neither mem_limit nor cpu_limit is given');
  const { grant } = await hub.limitServer(
    { user: user.name, name },
    { ...(memory === undefined ? {} : { memory }), ...(cpus === undefined ? {} : { cpus }) },
  );
  answerJson(ctx, { mem_limit: grant?.memory ?? null, cpu_limit: grant?.cpus ?? null });
}
