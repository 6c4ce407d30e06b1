import { randomBytes } from 'node:crypto';
import { Problem } from '../../domain/problem.ts';
import type { DiskLimits } from '../../domain/volumes.ts';
import { type Engine, orNull } from './engine.ts';
import { anyImage, KEEPER_LABEL, removeKeeper } from './keeper.ts';

const TRIAL_BYTES = 64 * 2 ** 20;

/**
 * Whether this engine can hold a volume and a container's own layer within a size. Not read off the driver's name: only
 * the engine knows whether the file system under it was mounted with quotas, and it says so when it is asked for one.
 */
export async function tryDiskLimits(
  engine: Engine,
  { instance, image }: { readonly instance: string; readonly image: string | null },
): Promise<DiskLimits> {
  return { volumes: await tryVolume(engine, instance), layers: await tryLayer(engine, instance, image) };
}

async function tryVolume(engine: Engine, instance: string): Promise<string | null> {
  const name = `berth-trial-${randomBytes(6).toString('hex')}`;
  const volume = engine.docker.getVolume(name);
  try {
    await engine.work(() =>
      engine.docker.createVolume({
        Name: name,
        Labels: { [KEEPER_LABEL]: instance },
        DriverOpts: { size: String(TRIAL_BYTES) },
      }),
    );
    return null;
  } catch (error) {
    return refusalOf(error);
  } finally {
    await engine.work(() => orNull(volume.remove()));
  }
}

async function tryLayer(engine: Engine, instance: string, image: string | null): Promise<string | null> {
  const from = image ?? (await anyImage(engine));
  try {
    const { id } = await engine.work(() =>
      engine.docker.createContainer({
        Image: from,
        Entrypoint: ['true'],
        Labels: { [KEEPER_LABEL]: instance },
        HostConfig: { NetworkMode: 'none', StorageOpt: { size: String(TRIAL_BYTES) } },
      }),
    );
    await removeKeeper(engine, id);
    return null;
  } catch (error) {
    return refusalOf(error);
  }
}

/** The engine's words, or the problem thrown again when it was not a refusal. */
function refusalOf(error: unknown): string {
  if (!(error instanceof Problem) || error.code === 'SPAWN-150') throw error;
  return String(error.facts.detail ?? error.message);
}
