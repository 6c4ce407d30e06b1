import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

const IMAGES = join(import.meta.dirname, '../../../notebook-images');

/** The profiles that the catalogue has for these images, as they stand in their folders. */
export async function readProfiles(ids: readonly string[], prefix: string): Promise<readonly unknown[]> {
  const files = await Promise.all(ids.map((id) => readFile(join(IMAGES, id, 'profile.yaml'), 'utf8')));
  return files.flatMap((text) => parse(text.replaceAll('berth-notebook-', prefix)) as unknown[]);
}
