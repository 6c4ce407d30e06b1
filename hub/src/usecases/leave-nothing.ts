import type { Containers } from '../domain/containers.ts';
import type { Log } from '../domain/ports.ts';
import type { Store } from '../domain/store.ts';
import type { VolumeVerbs } from './move-volume.ts';
import type { RemoveEnvironment } from './remove-environment.ts';
import type { RemoveUser } from './remove-user.ts';
import { requireAbility } from './require-ability.ts';

/** As {@link RemoveUser}; files are kept unless it is asked for. Names of the volumes that were deleted. */
export type RemoveUserWithFiles = (
  name: string,
  also?: { readonly volumes: boolean },
) => Promise<readonly string[]>;

/**
 * Removes an account and the environments that were only its own: whoever has the name next shall not find them. With
 * `volumes` its files too.
 *
 * @throws Problem as the removal does; SPAWN-180 where nobody looks into volumes: nothing is removed then; VOLUME-001 when a volume is in use: the account is gone then, the files are not.
 */
export function makeLeaveNothing(ports: {
  readonly store: Store;
  readonly log: Log;
  readonly containers: Pick<Containers, 'abilities'>;
  readonly removeUser: RemoveUser;
  readonly removeEnvironment: RemoveEnvironment;
  readonly volumes: VolumeVerbs;
}): RemoveUserWithFiles {
  const { store, log, containers, removeUser, removeEnvironment, volumes } = ports;
  return async (name, also) => {
    // Before anything is gone.
    if (also?.volumes === true) requireAbility(containers, 'volumes');
    await removeUser(name);
    for (const { id, audience } of store.environments.where('user', name)) {
      if (audience.kind !== 'owner') continue;
      await removeEnvironment(id).catch(async (error: unknown) => {
        // The image may be needed elsewhere; nobody may choose it any more all the same.
        log.warn({ environment: id, error: String(error) }, 'an image of a removed user is left');
        await store.change((drafts) => drafts.environments.delete(id));
      });
    }
    return also?.volumes === true ? volumes.removeAllOf(name) : [];
  };
}
