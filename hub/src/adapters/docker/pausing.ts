import { type Engine, orNull } from './engine.ts';

/** Pauses a running container. One that is paused already is no error. @throws Problem when it does not run. */
export async function pause(engine: Engine, id: string): Promise<void> {
  const container = engine.docker.getContainer(id);
  try {
    await engine.work((abortSignal) => container.pause({ abortSignal }));
  } catch (error) {
    if ((await stateOf(engine, id))?.Paused !== true) throw error;
  }
}

/** Lets a container run on. One that is not paused, or gone, is no error: engines word that in several ways. */
export async function unpause(engine: Engine, id: string): Promise<void> {
  const container = engine.docker.getContainer(id);
  try {
    await engine.work((abortSignal) => container.unpause({ abortSignal }));
  } catch (error) {
    if ((await stateOf(engine, id))?.Paused === true) throw error;
  }
}

/** Some engines refuse to stop or remove what is paused, and all of them let SIGTERM wait until it runs. */
export async function unpauseFirst(engine: Engine, id: string): Promise<void> {
  if ((await stateOf(engine, id))?.Paused === true) await unpause(engine, id);
}

async function stateOf(engine: Engine, id: string) {
  const inspect = (abortSignal: AbortSignal) => engine.docker.getContainer(id).inspect({ abortSignal });
  const info = await engine.look((signal) => orNull(inspect(signal)));
  return info?.State ?? null;
}
