import type Router from '@koa/router';
import { z } from 'zod';
import { Problem } from '../../domain/problem.ts';
import type { ImportHub } from '../../usecases/import-hub.ts';
import type { Hub } from '../hub.ts';
import { readBody } from '../read-body.ts';

/** Ten thousand people with a few tokens each are a tenth of it. */
const BYTES_MAX = 64 * 2 ** 20;

const when = z.number().int().nonnegative().nullable();
const words = z.array(z.string());
const former = z.strictObject({
  users: z.array(
    z.strictObject({
      name: z.string(),
      admin: z.boolean(),
      created: when,
      lastActivity: when,
      groups: words,
    }),
  ),
  groups: z.array(z.strictObject({ name: z.string(), properties: z.record(z.string(), z.unknown()) })),
  roles: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      scopes: words,
      users: words,
      groups: words,
      services: words,
    }),
  ),
  tokens: z.array(
    z.strictObject({
      user: z.string(),
      prefix: z.string(),
      hashed: z.string(),
      note: z.string(),
      scopes: words,
      created: when,
      expires: when,
      lastActivity: when,
    }),
  ),
  servers: z.array(z.strictObject({ user: z.string(), name: z.string(), container: z.string().nullable() })),
  services: words,
  leftTokens: z.strictObject({ expired: z.number(), servers: z.number(), others: z.number() }),
  passwords: z.number(),
});
const question = z.strictObject({ former, apply: z.boolean(), letIn: z.boolean() });

/** What a former hub knew, taken over or only looked at. */
export function importQuestions(router: Router, hub: Hub, importHub: ImportHub): void {
  router.post('/import', async (ctx) => {
    const text = (await readBody(ctx.req, BYTES_MAX)).toString('utf8');
    const read = question.safeParse(jsonOf(text));
    if (!read.success) throw new Problem('HTTP-400', { detail: 'That is not what a former hub knew.' });
    const answer = await importHub(read.data);
    if (answer.applied) {
      hub.facts.tell({
        kind: 'acted',
        by: 'command line',
        on: '',
        call: 'import of a JupyterHub',
        address: '',
      });
    }
    ctx.body = answer;
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
