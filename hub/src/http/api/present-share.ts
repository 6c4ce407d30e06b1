import { newServer, serverKey } from '../../domain/server.ts';
import { type Share, type ShareCode, shareKey } from '../../domain/share.ts';
import type { Hub } from '../hub.ts';
import type { ApiContext } from './api-context.ts';
import { answerAlwaysPaged } from './page.ts';
import { presentServer } from './present-server.ts';
import { timestamp } from './timestamp.ts';

type Model = Record<string, unknown>;

/**
 * Share model of the API: JupyterHub's, with `expires_at` where there is an end, and `kind: "everyone"` with neither
 * `user` nor `group` for what is shared with everyone.
 */
export function presentShare(hub: Hub, share: Share): Model {
  const { to } = share;
  return {
    server: presentShared(hub, share),
    scopes: share.scopes,
    user: to.kind === 'user' ? { name: to.name } : null,
    group: to.kind === 'group' ? { name: to.name } : null,
    kind: to.kind,
    created_at: timestamp(share.created),
    ...(share.expires === null ? {} : { expires_at: timestamp(share.expires) }),
  };
}

/** Model of a link; `word` this once, when it was just made. */
export function presentShareCode(hub: Hub, code: ShareCode, word?: string): Model {
  const { baseUrl, publicOrigin } = hub.settings;
  const path = word === undefined ? '' : acceptPath(baseUrl, word);
  return {
    server: presentShared(hub, code),
    scopes: code.scopes,
    id: code.id,
    created_at: timestamp(code.created),
    expires_at: timestamp(code.expires),
    exchange_count: code.exchangeCount,
    last_exchanged_at: timestamp(code.lastExchanged),
    ...(code.shareExpires === null ? {} : { share_expires_at: timestamp(code.shareExpires) }),
    ...(word === undefined
      ? {}
      : {
          code: word,
          accept_url: path,
          full_accept_url: publicOrigin === '' ? null : `${publicOrigin}${path}`,
        }),
  };
}

/** Where whoever has the link takes it up. */
export function acceptPath(baseUrl: string, word: string): string {
  return `${baseUrl}hub/accept-share?code=${encodeURIComponent(word)}`;
}

/** Answers a list in JupyterHub's order, oldest first, always with the way to the next page. */
export function answerShareList(ctx: ApiContext, hub: Hub, shares: readonly Share[]): void {
  const sorted = shares.toSorted((a, b) => a.created - b.created || (shareKey(a) < shareKey(b) ? -1 : 1));
  answerAlwaysPaged(ctx, sorted, (share) => presentShare(hub, share));
}

/** As much of a server as those see with whom it is shared. */
function presentShared(hub: Hub, { owner, server }: Pick<Share, 'owner' | 'server'>): Model {
  const record = hub.tables.servers.get(serverKey(owner, server)) ?? newServer(owner, server);
  const { name, url, full_url, ready } = presentServer(hub, null, record);
  return { user: { name: owner }, name, url, full_url, ready };
}
