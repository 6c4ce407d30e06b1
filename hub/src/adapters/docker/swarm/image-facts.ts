import type { Log } from '../../../domain/ports.ts';
import { type Engine, orNull } from '../engine.ts';
import { KEEPER_LABEL, removeKeeper } from '../keeper.ts';
import type { ImageFacts } from './start-words.ts';

/** Images whose facts are kept; more than anybody offers. */
const KEPT = 200;

/** What a manager's own copy of an image says; null when it has none. Asked once an image, by its content. */
export type ReadImageFacts = (image: string, signal: AbortSignal) => Promise<ImageFacts | null>;

export function makeReadImageFacts(engine: Engine, instance: string, log: Log): ReadImageFacts {
  const known = new Map<string, ImageFacts>();
  return async (image, signal) => {
    const told = await engine.look(() => orNull(engine.docker.getImage(image).inspect()), signal);
    if (told === null) return null;
    const { Id: id, Config: config } = told;
    const found = known.get(id);
    if (found !== undefined) return found;
    const facts = {
      entrypoint: entrypointOf(config.Entrypoint),
      command: config.Cmd ?? [],
      shell: await hasShell(engine, id, instance, log),
    };
    if (known.size >= KEPT) known.clear();
    known.set(id, facts);
    return facts;
  };
}

function entrypointOf(words: string | string[] | undefined | null): readonly string[] {
  return typeof words === 'string' ? [words] : (words ?? []);
}

/** Looked up in a container that is never started, so that nothing in the image runs. */
async function hasShell(engine: Engine, image: string, instance: string, log: Log): Promise<boolean> {
  const container = await engine.work(() =>
    engine.docker.createContainer({
      Image: image,
      Entrypoint: ['true'],
      Cmd: [],
      Labels: { [KEEPER_LABEL]: instance },
      NetworkDisabled: true,
      HostConfig: { NetworkMode: 'none', CapDrop: ['ALL'] },
    }),
  );
  try {
    return (await engine.look(() => orNull(container.infoArchive({ path: '/bin/sh' })))) !== null;
  } finally {
    await removeKeeper(engine, container.id).catch((error: unknown) =>
      log.warn({ error: String(error), container: container.id }, 'a container for reading an image is left'),
    );
  }
}
