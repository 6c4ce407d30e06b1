import { Problem } from '../domain/problem.ts';
import { isActive } from '../domain/server.ts';
import type { EnvironmentPorts } from './save-environment.ts';

/**
 * Takes a saved environment away, its image too.
 *
 * @throws Problem HTTP-404; ENV-005 while a server runs with it, or was made from it by hand; SPAWN-150, STORE-001.
 */
export type RemoveEnvironment = (id: string) => Promise<void>;

export function makeRemoveEnvironment({
  store,
  images,
  log,
}: Pick<EnvironmentPorts, 'store' | 'images' | 'log'>): RemoveEnvironment {
  return async (id) => {
    const found = store.environments.get(id);
    if (found === undefined) throw new Problem('HTTP-404');
    const { image } = found;
    const user = [...store.servers.values()].find((server) => isActive(server) && server.image === image);
    if (user !== undefined) {
      throw new Problem('ENV-005', { image, detail: `${user.user} runs a server with it.` });
    }
    // Nobody chooses it any more; then its image goes.
    await store.change((drafts) => drafts.environments.delete(id));
    try {
      await images.remove(image);
    } catch (error) {
      await store.change((drafts) => drafts.environments.put(found));
      throw error;
    }
    log.info({ environment: id, image }, 'environment removed');
  };
}
