import { z } from 'zod';
import type { Images } from '../../domain/images.ts';
import { Problem } from '../../domain/problem.ts';
import { type Engine, orNull, statusOf } from './engine.ts';
import { viewOfImage } from './image-view.ts';
import { saveContainer } from './save-container.ts';
import { translatePullError } from './translate-error.ts';

/** A registry answers in seconds or not at all. */
const REGISTRY_MS = 30_000;

/** The library's types do not know it. */
const WITH_SIZE: object = { size: true };

const distribution = z.looseObject({ Descriptor: z.looseObject({ digest: z.string() }) });
const weighed = z.looseObject({ SizeRw: z.number().optional(), Image: z.string() });
const layered = z.looseObject({ RootFS: z.looseObject({ Layers: z.array(z.string()).nullish() }) });

export function makeImages(engine: Engine): Images {
  const { docker } = engine;
  return {
    async inspect(reference) {
      const found = await engine.look(() => orNull(docker.getImage(reference).inspect()));
      return found === null ? null : viewOfImage(found);
    },

    async remoteDigest(reference, signal) {
      try {
        const asked = () => docker.getImage(reference).distribution();
        const told = await engine.work(asked, signal, REGISTRY_MS - engine.deadlines.work);
        return distribution.parse(told).Descriptor.digest;
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (!(error instanceof Problem) || error.code === 'SPAWN-150') throw error;
        throw translatePullError(error.cause ?? error, reference);
      }
    },

    async weigh(containerId) {
      // The engine walks through what the container has written.
      const container = docker.getContainer(containerId);
      const told = weighed.parse(await engine.work(() => container.inspect(WITH_SIZE)));
      const image = layered.parse(await engine.look(() => docker.getImage(told.Image).inspect()));
      return { written: told.SizeRw ?? 0, layers: (image.RootFS.Layers ?? []).length };
    },

    save: (snapshot, signal) => saveContainer(engine, snapshot, signal),

    async remove(reference) {
      await engine.work(async () => {
        try {
          await orNull(docker.getImage(reference).remove());
        } catch (error) {
          if (statusOf(error) !== 409) throw error;
          const detail = error instanceof Error ? error.message : String(error);
          throw new Problem('ENV-005', { image: reference, detail }, { cause: error });
        }
      });
    },
  };
}
