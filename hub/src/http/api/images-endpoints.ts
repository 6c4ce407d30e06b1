import { z } from 'zod';
import type { ImageRow } from '../../usecases/image-desk.ts';
import { answerEmpty, answerJson } from './answer.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { timestamp } from './timestamp.ts';

const which = z.strictObject({ image: z.string().min(1).max(255) });
const administrators = { kind: 'whole', any: ['admin:servers'] } as const;

/** Berth's own: images that profiles and settings name, and no others. */
export const imagesEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/berth/images',
    summary: 'List the images that servers are started with (Berth)',
    access: administrators,
    answers: {
      200: { description: 'Images with what uses them, and whether they are here', model: 'Images' },
    },
    handle: async ({ ctx, hub }) => {
      answerJson(ctx, (await hub.storage.images.list()).map(presentImage));
    },
  },
  endpoint({
    method: 'POST',
    path: '/berth/images/pull',
    summary: 'Fetch an image from its registry, also when one is here (Berth)',
    access: administrators,
    body: which,
    answers: {
      202: { description: 'It is being fetched; the list tells how far' },
      400: { description: 'No profile and no setting names it' },
    },
    handle: async ({ ctx, hub, body }) => {
      await hub.storage.images.pull(body.image);
      answerEmpty(ctx, 202);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/berth/images/check',
    summary: 'Ask the registry whether it has a newer image (Berth)',
    access: administrators,
    body: which,
    answers: {
      200: { description: 'current, newer or unknown', model: 'ImageState' },
      400: { description: 'No profile and no setting names it' },
    },
    handle: async ({ ctx, hub, body }) => {
      answerJson(ctx, { image: body.image, state: await hub.storage.images.check(body.image) });
    },
  }),
];

/** An image as the API tells of it. */
function presentImage(row: ImageRow): Readonly<Record<string, unknown>> {
  return {
    image: row.image,
    used_by: row.usedBy,
    servers: row.servers,
    here: row.here !== null,
    size: row.here?.size ?? null,
    created: row.here?.created == null ? null : timestamp(row.here.created),
    state: row.freshness,
    checked: row.checked === null ? null : timestamp(row.checked),
    trouble: row.trouble,
    pulling: row.pulling,
    machines: row.machines?.map(({ machine, state, detail }) => ({ ...machine, state, detail })) ?? null,
  };
}
