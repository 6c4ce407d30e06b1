import { EVERYONE, granteeKey, isShareAlive, type Share } from './share.ts';
import type { Tables } from './store.ts';
import type { User } from './user.ts';

const NONE: readonly Share[] = [];
const ALL = granteeKey(EVERYONE);

/**
 * What others share with somebody at this moment: by name, through their groups, and with everyone. Not what
 * has ended, and nothing of their own. Costs a look-up for each group, whatever else is shared.
 */
export function sharesWith(
  { shares }: Pick<Tables, 'shares'>,
  user: Pick<User, 'name' | 'groups'>,
  now: number,
): readonly Share[] {
  if (shares.size === 0) return NONE;
  const found = [
    ...shares.where('to', granteeKey({ kind: 'user', name: user.name })),
    ...user.groups.flatMap((name) => shares.where('to', granteeKey({ kind: 'group', name }))),
    ...shares.where('to', ALL),
  ].filter((share) => share.owner !== user.name && isShareAlive(share, now));
  return found.length === 0 ? NONE : found;
}
