import type { Container } from 'dockerode';
import type { Log } from '../../domain/ports.ts';
import { Problem } from '../../domain/problem.ts';
import { type Engine, orNull } from './engine.ts';

/** Where a keeper has its volume; the folder above is its own, so that rights of the volume's top can be set. */
export const KEEPER_FOLDER = '/berth';
export const KEEPER_VOLUME = 'volume';

/** Marks containers that are made only to reach into a volume. Not the hub's own label: they are nobody's server. */
export const KEEPER_LABEL = 'org.berth.keeper';

/**
 * Does some work with a container that has a volume mounted and is never started, so that nothing in its image runs:
 * the engine itself reads and writes.
 *
 * @throws Problem STORAGE-003 when the engine has no image at all.
 */
export async function withKeeper<T>(
  engine: Engine,
  of: {
    readonly volume: string;
    readonly instance: string;
    readonly image: string | null;
    readonly readOnly: boolean;
  },
  log: Log,
  work: (container: Container) => Promise<T>,
): Promise<T> {
  const container = await makeKeeper(engine, of);
  try {
    return await work(container);
  } finally {
    await removeKeeper(engine, container.id).catch((error: unknown) =>
      log.warn({ error: String(error), container: container.id }, 'a container for reading a volume is left'),
    );
  }
}

async function makeKeeper(
  engine: Engine,
  { volume, instance, image, readOnly }: Parameters<typeof withKeeper>[1],
): Promise<Container> {
  const from = image ?? (await anyImage(engine));
  return engine.work(() =>
    engine.docker.createContainer({
      Image: from,
      Entrypoint: ['true'],
      Cmd: [],
      Labels: { [KEEPER_LABEL]: instance },
      NetworkDisabled: true,
      HostConfig: {
        NetworkMode: 'none',
        CapDrop: ['ALL'],
        Mounts: [
          {
            Type: 'volume',
            Source: volume,
            Target: `${KEEPER_FOLDER}/${KEEPER_VOLUME}`,
            ReadOnly: readOnly,
            // What lies at that place in the image is nobody's file.
            VolumeOptions: { NoCopy: true, Labels: {}, DriverConfig: { Name: '', Options: {} } },
          },
        ],
      },
    }),
  );
}

/** Volumes that only the image asked for go with it. */
export async function removeKeeper(engine: Engine, id: string): Promise<void> {
  await engine.work(() => orNull(engine.docker.getContainer(id).remove({ force: true, v: true })));
}

/** @throws Problem STORAGE-003. */
export async function anyImage(engine: Engine): Promise<string> {
  const [first] = await engine.look(() => engine.docker.listImages());
  if (first === undefined) throw new Problem('STORAGE-003');
  return first.Id;
}
