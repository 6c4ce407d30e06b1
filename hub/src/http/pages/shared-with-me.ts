import { isOpen, newServer, type Server, serverKey } from '../../domain/server.ts';
import { accessScope, type Share } from '../../domain/share.ts';
import { sharesWith } from '../../domain/shares-with.ts';
import type { Hub } from '../hub.ts';
import type { Messages } from '../views/messages/en.ts';
import type { SharedServerProps } from '../views/share-props.ts';
import { labelOf, linksOf } from './present-server.ts';
import type { Person } from './signed-in.ts';

/** Servers of others that this person may open because somebody shares them: running ones first, then by owner. */
export function sharedWith(hub: Hub, t: Messages, { user }: Person): readonly SharedServerProps[] {
  const byServer = new Map<string, Share[]>();
  for (const share of sharesWith(hub.tables, user, hub.clock.now())) {
    if (!share.scopes.includes(accessScope(share.owner, share.server))) continue;
    const key = serverKey(share.owner, share.server);
    byServer.set(key, [...(byServer.get(key) ?? []), share]);
  }
  return [...byServer.values()]
    .flatMap((shares) => present(hub, t, user.name, shares))
    .toSorted((a, b) => Number(b.running) - Number(a.running) || (a.label < b.label ? -1 : 1));
}

function present(
  hub: Hub,
  t: Messages,
  viewer: string,
  shares: readonly Share[],
): readonly SharedServerProps[] {
  const [first] = shares;
  if (first === undefined) return [];
  const server = sharedServer(hub, first);
  const { baseUrl } = hub.settings;
  // Through a group or with everyone it would be theirs again at once.
  const alone = shares.every(({ to }) => to.kind === 'user');
  return [
    {
      label: labelOf(t, server, viewer),
      owner: server.user,
      running: isOpen(server),
      until: shares.some(({ expires }) => expires === null)
        ? null
        : Math.max(...shares.map(({ expires }) => expires ?? 0)),
      open: linksOf(baseUrl, server).open,
      leave: alone ? linksOf(baseUrl, server).start.replace('/hub/spawn/', '/hub/leave-share/') : null,
    },
  ];
}

/** A shared server as it is; the default one may never have run. */
export function sharedServer(hub: Hub, { owner, server }: Pick<Share, 'owner' | 'server'>): Server {
  return hub.tables.servers.get(serverKey(owner, server)) ?? newServer(owner, server);
}
