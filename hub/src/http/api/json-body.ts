import { readBody } from '../read-body.ts';
import type { ApiContext } from './api-context.ts';
import { Refusal } from './refusal.ts';

/** Enough for a list of ten thousand names. */
const BODY_MAX = 1024 * 1024;
const FORM_MAX = 64 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body as JSON; undefined when there is none. @throws Refusal 400, Problem HTTP-413. */
export async function readJson(ctx: ApiContext): Promise<unknown> {
  const bytes = await readBody(ctx.req, BODY_MAX);
  try {
    const text = utf8.decode(bytes);
    return text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    throw new Refusal(400, 'Invalid JSON in body of request');
  }
}

/** The fields of a form; none when something else was sent. @throws Problem HTTP-413. */
export async function readFields(ctx: ApiContext): Promise<URLSearchParams> {
  const type = ctx.get('content-type').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return new URLSearchParams();
  return new URLSearchParams((await readBody(ctx.req, FORM_MAX)).toString('utf8'));
}
