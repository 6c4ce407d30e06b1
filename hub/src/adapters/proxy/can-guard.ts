import { GUARD_PATH } from '../../../../proxy/src/contract.ts';
import { Problem } from '../../domain/problem.ts';
import { ask, type ControlDoor } from './control-door.ts';

/**
 * Asks the proxy whether it guards routes. configurable-http-proxy does not: it keeps a guard as it keeps any word, and
 * lets everybody through.
 *
 * @throws Problem SPAWN-170
 */
export function makeCanGuard(door: ControlDoor): () => Promise<boolean> {
  return async () => {
    const { status } = await ask(door, 'GET', GUARD_PATH);
    if (status === 200) return true;
    if (status === 404) return false;
    throw new Problem('SPAWN-170', { detail: `it answered ${status} to whether it guards` });
  };
}
