import { Readable } from 'node:stream';
import { z } from 'zod';
import { imageDocument } from '../../domain/image-document.ts';
import type { ImageView, Snapshot } from '../../domain/images.ts';
import { Problem } from '../../domain/problem.ts';
import type { Engine } from './engine.ts';
import { viewOfImage } from './image-view.ts';
import { readLines } from './read-lines.ts';
import { fileArchive } from './tar-headers.ts';

/** Writing down what a container has changed takes as long as it has written much. */
const COMMIT_MS = 30 * 60_000;

const committed = z.looseObject({ Id: z.string() });
const container = z.looseObject({ Image: z.string() });
const image = z.looseObject({
  Id: z.string(),
  Architecture: z.string(),
  Os: z.string(),
  Config: z.record(z.string(), z.unknown()),
  RootFS: z.looseObject({ Layers: z.array(z.string()) }),
});
const history = z.array(
  z.looseObject({
    Created: z.number(),
    CreatedBy: z.string().nullish(),
    Comment: z.string().nullish(),
    Size: z.number(),
  }),
);

/**
 * `docker commit` writes the container's whole configuration into the image, its variables too, and there is no way to
 * leave them out: engines before 25 keep a second copy that cannot even be overwritten. So its layers are taken, and the
 * engine is given another image of the same layers, whose configuration is the base image's own; the first one goes.
 */
export async function saveContainer(
  engine: Engine,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<ImageView> {
  const { docker } = engine;
  const { Image: baseId } = container.parse(
    await engine.look(() => docker.getContainer(snapshot.containerId).inspect(), signal),
  );
  const base = image.parse(await engine.look(() => docker.getImage(baseId).inspect(), signal));
  const lines = history.parse(await engine.look(() => docker.getImage(baseId).history(), signal));
  const raw = await commit(engine, snapshot, signal);
  try {
    const { RootFS: rootfs } = image.parse(await engine.look(() => docker.getImage(raw).inspect(), signal));
    const document = imageDocument({
      architecture: base.Architecture,
      os: base.Os,
      config: base.Config,
      history: lines.map((line) => ({
        created: line.Created * 1000,
        createdBy: line.CreatedBy ?? '',
        comment: line.Comment ?? '',
        size: line.Size,
      })),
      baseLayers: base.RootFS.Layers,
      layers: rootfs.Layers,
      labels: snapshot.labels,
      comment: snapshot.comment,
      at: Date.now(),
    });
    await load(engine, snapshot.reference, { document, layers: rootfs.Layers }, signal);
  } finally {
    await engine.work(() => docker.getImage(raw).remove());
  }
  return checked(engine, snapshot);
}

async function commit(engine: Engine, { containerId }: Snapshot, signal: AbortSignal): Promise<string> {
  const asked = () => engine.docker.getContainer(containerId).commit({ pause: true });
  return committed.parse(await engine.work(asked, signal, COMMIT_MS)).Id;
}

/** An archive without its layers: the engine has them, and knows them by their digests. */
async function load(
  engine: Engine,
  reference: string,
  { document, layers }: { readonly document: unknown; readonly layers: readonly string[] },
  signal: AbortSignal,
): Promise<void> {
  const manifest = [
    { Config: 'config.json', RepoTags: [reference], Layers: layers.map((_, at) => `${at}/layer.tar`) },
  ];
  const archive = fileArchive({
    'config.json': JSON.stringify(document),
    'manifest.json': JSON.stringify(manifest),
  });
  const input = Readable.from(archive, { objectMode: false });
  const told = await engine.work(() => engine.docker.loadImage(input, { quiet: true }), signal);
  for await (const line of readLines(told, signal)) {
    const { error } = z.looseObject({ error: z.string().optional() }).parse(JSON.parse(line));
    if (error !== undefined) throw new Problem('SPAWN-199', { detail: error });
  }
}

/** Looks at all that the image tells of itself. @throws Problem ENV-004; the image is gone then. */
async function checked(engine: Engine, { reference, secrets }: Snapshot): Promise<ImageView> {
  const made = engine.docker.getImage(reference);
  const told: unknown = await engine.look(() => made.inspect());
  const words = JSON.stringify([told, await engine.look(() => made.history())]);
  const left = secrets.filter((secret) => secret !== '' && words.includes(secret)).length;
  if (left === 0) return viewOfImage(told);
  await engine.work(() => made.remove());
  throw new Problem('ENV-004', { detail: `${left} of them` });
}
