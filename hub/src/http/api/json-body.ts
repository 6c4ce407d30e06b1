import type { HubContext } from '../hub-context.ts';
import { readBody } from '../read-body.ts';
import { Refusal } from './refusal.ts';

/** Enough for a list of ten thousand names. */
const BODY_MAX = 1024 * 1024;
const FORM_MAX = 64 * 1024;

/** The body as JSON; undefined when there is none. @throws Refusal 400, Problem HTTP-413. */
export async function readJson(ctx: HubContext): Promise<unknown> {
  const bytes = await readBody(ctx.req, BODY_MAX);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    throw new Refusal(400, 'Invalid JSON in body of request');
  }
}

/** The fields of a form, whether or not somebody upstream has read them already. */
export async function readFields(ctx: HubContext): Promise<URLSearchParams> {
  if (!ctx.is('application/x-www-form-urlencoded')) return new URLSearchParams();
  if (ctx.req.readableEnded) return ctx.state.form;
  return new URLSearchParams((await readBody(ctx.req, FORM_MAX)).toString('utf8'));
}
