import { z } from 'zod';
import type { Engine } from '../engine.ts';

const infoShape = z.looseObject({ Swarm: z.looseObject({ NodeID: z.string() }).optional() });

/** Id by which the Swarm knows the machine of this engine; null when it is in none. @throws Problem SPAWN-150 */
export async function readOwnMachine(engine: Engine): Promise<string | null> {
  const { Swarm: swarm } = infoShape.parse(await engine.look(() => engine.docker.info()));
  return swarm === undefined || swarm.NodeID === '' ? null : swarm.NodeID;
}
