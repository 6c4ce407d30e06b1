import type Router from '@koa/router';
import { formatBytes } from '../../domain/storage-quota.ts';
import type { Hub } from '../hub.ts';
import { timeOf } from './time-of.ts';

/** Volumes of this hub's people and groups, and the images that servers are started with. */
export function storageQuestions(router: Router, { storage }: Hub): void {
  router.get('/volumes', async (ctx) => {
    const rows = await storage.volumes.list();
    ctx.body = {
      volumes: rows.map(({ name, owner, size, lastUse, containers }) => ({
        name,
        owner: owner.kind === 'shared' ? '(shared)' : owner.user,
        account: owner.kind === 'shared' || owner.here,
        size: size === null ? null : formatBytes(size),
        bytes: size,
        lastUse: timeOf(lastUse),
        inUse: containers.join(' '),
      })),
    };
  });

  router.get('/images', async (ctx) => {
    const rows = await storage.images.list();
    ctx.body = {
      images: rows.map((row) => ({
        image: row.image,
        usedBy: row.usedBy.join(', '),
        servers: row.servers,
        here: row.here !== null,
        size: row.here === null ? null : formatBytes(row.here.size),
        newer: row.freshness === 'unknown' ? null : row.freshness === 'newer',
        checked: timeOf(row.checked),
        trouble: row.trouble,
      })),
    };
  });
}
