import { z } from 'zod';
import type { ImageView } from '../../domain/images.ts';

const inspectedImage = z.looseObject({
  Id: z.string(),
  Size: z.number(),
  Created: z.string().nullish(),
  RepoDigests: z.array(z.string()).nullish(),
});

/** An image as `inspect` tells of it. */
export function viewOfImage(found: unknown): ImageView {
  const { Id: id, Size: size, Created: created, RepoDigests: digests } = inspectedImage.parse(found);
  const at = Date.parse(created ?? '');
  return { id, size, created: Number.isNaN(at) ? null : at, digests: digests ?? [] };
}
