import { LABEL } from './container-spec.ts';
import type { Departure } from './departure.ts';
import type { Server } from './server.ts';
import { escapeDash } from './slug.ts';
import { isRestoreMarker } from './unfinished-restore.ts';
import type { VolumeView } from './volumes.ts';

/** Whose a volume of the engine is, as far as it is this hub's people's at all. */
export type VolumeOwner =
  | {
      readonly kind: 'user';
      readonly user: string /** Whether there is an account. */;
      readonly here: boolean;
    }
  | { readonly kind: 'shared' };

/** Volumes that members of groups share carry this. */
export const SHARED_LABEL = 'org.berth.shared';

export interface Whereabouts {
  readonly instance: string;
  readonly servers: Iterable<Pick<Server, 'user' | 'volumeName'>>;
  readonly departures: Iterable<Pick<Departure, 'user' | 'volumes'>>;
  readonly isUser: (name: string) => boolean;
}

/**
 * Owners of those volumes that are this hub's; all others are left out, and are nobody's to read or delete here.
 *
 * The store's word counts first: it knows volumes that were there before us. A label counts only when the name is made
 * from the person's: an administrator's volume that many mount is labelled by whoever came first.
 */
export function ownersOfVolumes(
  volumes: readonly VolumeView[],
  at: Whereabouts,
): ReadonlyMap<string, VolumeOwner> {
  const stored = new Map<string, string>();
  for (const { user, volumes: left } of at.departures) for (const name of left) stored.set(name, user);
  for (const { user, volumeName } of at.servers) if (volumeName !== null) stored.set(volumeName, user);
  const owners = new Map<string, VolumeOwner>();
  for (const volume of volumes) {
    if (isRestoreMarker(volume)) continue;
    const user = stored.get(volume.name) ?? labelled(volume, at.instance);
    if (user !== null) owners.set(volume.name, { kind: 'user', user, here: at.isUser(user) });
    else if (isShared(volume, at.instance)) owners.set(volume.name, { kind: 'shared' });
  }
  return owners;
}

function labelled({ name, labels }: VolumeView, instance: string): string | null {
  const user = labels[LABEL.user] ?? '';
  if (labels[LABEL.hub] !== instance || user === '') return null;
  return hasWord(name, user) || hasWord(name, escapeDash(user)) ? user : null;
}

/** `user-ana-files` has `ana` in it, `banana` has not. */
function hasWord(name: string, word: string): boolean {
  const at = name.indexOf(word);
  if (at === -1) return false;
  const around = [name[at - 1] ?? '-', name[at + word.length] ?? '-'];
  return around.every((letter) => /[-_.]/.test(letter));
}

function isShared({ labels }: VolumeView, instance: string): boolean {
  return labels[LABEL.hub] === instance && labels[SHARED_LABEL] !== undefined;
}
