import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const CATALOGUE = join(import.meta.dirname, 'catalogue.yaml');

const sentence = z.string().regex(/^[A-Z].{8,120}\.$/, 'should be one sentence');

/** One image of `catalogue.yaml`, whose head says what each key means. */
const image = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  title: z.string().min(2).max(30),
  summary: sentence,
  size: z.string().regex(/^\d+(\.\d)? GB$/),
  icon: z.string().regex(/^\p{Emoji}\uFE0F?$/u, 'should be one emoji'),
  build: z.enum(['debian', 'npm', 'registry']),
  from: z.string().min(1).optional(),
  needs: z.enum(['npm', 'registry']).optional(),
  serves: z.enum(['hub', 'web']),
  default: z.literal(true).optional(),
});

export type NotebookImage = z.infer<typeof image>;

export const catalogue = z.strictObject({ images: z.array(image).min(1) });

/** @throws ZodError that tells every fault with its place. */
export async function readCatalogue(path = CATALOGUE): Promise<readonly NotebookImage[]> {
  return catalogue.parse(parse(await readFile(path, 'utf8'))).images;
}
