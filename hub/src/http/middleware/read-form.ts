import { Problem } from '../../domain/problem.ts';
import type { HubMiddleware } from '../hub-context.ts';
import { readUpload } from '../multipart.ts';
import { readBody } from '../read-body.ts';

const MAX_BYTES = 64 * 1024;

/**
 * Reads the fields of a form into `ctx.state.form`, and lets a file that comes with them into `ctx.state.upload`. Other
 * bodies are left alone, for the API.
 */
export const readForm: HubMiddleware = async (ctx, next) => {
  if (ctx.method === 'POST' && ctx.is('application/x-www-form-urlencoded')) {
    if (ctx.get('Content-Encoding') !== '') {
      throw new Problem('HTTP-400', { detail: 'Forms are taken without Content-Encoding only.' });
    }
    ctx.state.form = new URLSearchParams((await readBody(ctx.req, MAX_BYTES)).toString('utf8'));
  }
  const boundary = /^multipart\/form-data;.*\bboundary="?([^";]{1,70})"?/i.exec(ctx.get('Content-Type'))?.[1];
  if (ctx.method === 'POST' && boundary !== undefined) {
    const { fields, file, discard } = await readUpload(ctx.req, boundary);
    ctx.state.form = fields;
    if (file !== null) ctx.state.upload = file;
    try {
      await next();
    } finally {
      if (!ctx.req.complete && !ctx.req.destroyed && !(await discard())) ctx.set('Connection', 'close');
    }
    return;
  }
  await next();
};
