import { z } from 'zod';
import { Refusal } from './refusal.ts';

/**
 * The value as the schema has it.
 *
 * @throws Refusal 400 with the first fault: JupyterHub's sentence where the schema carries one, else the place
 *   and what was expected there.
 */
export function shape<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    throw new Refusal(400, `Invalid JSON keys: ${issue.keys.join(', ')}`);
  }
  const message = issue?.message ?? 'Invalid JSON data';
  const place = issue?.path.map(String).join('.') ?? '';
  // Sentences of our own say where; the library's do not.
  const vague = place !== '' && /^(?:Invalid input|Too (?:big|small))/.test(message);
  throw new Refusal(400, vague ? `${place}: ${message}` : message);
}

/** A dictionary of anything. Keys that reach into prototypes are refused, not carried along. */
export const dictionary = z
  .record(z.string(), z.unknown())
  .refine((value) => !Object.keys(value).some((key) => key === '__proto__' || key === 'constructor'), {
    message: 'Invalid JSON keys',
  });
