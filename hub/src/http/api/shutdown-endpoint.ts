import { z } from 'zod';
import { callerName } from '../../domain/caller.ts';
import { answerJson } from './answer.ts';
import { endpoint } from './endpoint.ts';

const flag = (key: string) => z.boolean({ error: `${key} must be true or false` }).optional();

/** `POST /shutdown`: ends the hub. Notebooks go on unless it is told to stop them too. */
export const shutdownEndpoint = endpoint({
  method: 'POST',
  path: '/shutdown',
  summary: 'End the hub; `servers` stops all servers first. The proxy is a program of its own and stays',
  access: { kind: 'whole', any: ['shutdown'] },
  body: z.looseObject({ proxy: flag('proxy'), servers: flag('servers') }).nullish(),
  answers: {
    202: { description: 'It will', model: 'Message' },
    400: { description: 'Neither true nor false' },
  },
  handle: ({ ctx, hub, caller, body }) => {
    answerJson(ctx, { message: 'Shutting down Hub' }, 202);
    // Once the answer is out: who asked shall hear it.
    ctx.res.once('close', () => hub.shutDown({ servers: body?.servers === true, by: callerName(caller) }));
  },
});
