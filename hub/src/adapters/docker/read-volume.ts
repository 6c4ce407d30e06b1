import { Readable } from 'node:stream';
import type { Container } from 'dockerode';
import type { Engine } from './engine.ts';
import { withIdleDeadline } from './idle-deadline.ts';
import { KEEPER_FOLDER, KEEPER_VOLUME } from './keeper.ts';

/** Work with a container that has the volume at hand, and is gone afterwards. */
export type Keep = <T>(
  volume: string,
  readOnly: boolean,
  work: (container: Container) => Promise<T>,
) => Promise<T>;

interface Reading {
  readonly keep: Keep;
  readonly until: AbortSignal;
}

/** The files of a volume as a tar archive. The keeper lives as long as somebody reads. */
export async function* readThrough(
  engine: Engine,
  name: string,
  { keep, until }: Reading,
): AsyncGenerator<Uint8Array> {
  const opened = Promise.withResolvers<NodeJS.ReadableStream>();
  const over = Promise.withResolvers<void>();
  const kept = keep(name, true, async (container) => {
    const path = `${KEEPER_FOLDER}/${KEEPER_VOLUME}/.`;
    opened.resolve(await engine.work((abortSignal) => container.getArchive({ path, abortSignal }), until));
    await over.promise;
  });
  kept.catch(opened.reject);
  let stream: NodeJS.ReadableStream | undefined;
  try {
    stream = await opened.promise;
    const input = stream;
    const end = () => destroy(input, until.reason);
    until.addEventListener('abort', end, { once: true });
    yield* withIdleDeadline(input);
    until.removeEventListener('abort', end);
  } finally {
    if (stream !== undefined) destroy(stream);
    over.resolve();
    await kept.catch(() => {});
  }
}

function destroy(stream: NodeJS.ReadableStream, reason?: unknown): void {
  if (stream instanceof Readable) stream.destroy(reason instanceof Error ? reason : undefined);
}
