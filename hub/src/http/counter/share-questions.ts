import type Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import { serverKey } from '../../domain/server.ts';
import { granteeKey, isShareAlive, type Share } from '../../domain/share.ts';
import type { Hub } from '../hub.ts';
import { timeOf } from './time-of.ts';

/** Which servers are shared, and taking them back. */
export function shareQuestions(router: Router, hub: Hub): void {
  const { shares } = hub.tables;

  router.get('/shares', (ctx) => {
    const now = hub.clock.now();
    const all = [...shares.values()].filter((share) => isShareAlive(share, now));
    ctx.body = {
      shares: all.map((share) => ({
        server: serverKey(share.owner, share.server),
        who: whoOf(share),
        since: timeOf(share.created),
        until: timeOf(share.expires),
        by: share.by,
        scopes: share.scopes,
      })),
    };
  });

  router.delete('/shares', async (ctx) => {
    const { server, who } = ctx.query;
    const [owner = '', name = ''] = String(server ?? '').split('/');
    const found = shares
      .where('server', serverKey(owner, name))
      .filter((share) => who === undefined || whoOf(share) === who);
    if (found.length === 0) throw new Problem('HTTP-404', { detail: 'That is not shared.' });
    const by = { by: 'command line', address: '' };
    for (const { to } of found) {
      await hub.shares.revoke({ owner, server: name, to, scopes: null, ...by });
    }
    ctx.body = { revoked: found.length };
  });
}

function whoOf({ to }: Share): string {
  return to.kind === 'everyone' ? 'everyone' : granteeKey(to);
}
