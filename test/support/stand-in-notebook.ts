import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type Dockerode from 'dockerode';

const CONTEXT = join(import.meta.dirname, '../stand-ins/notebook');

/** A notebook server of a few megabytes; what it can stands in its own file. */
export const STAND_IN_NOTEBOOK = 'berth-stand-in-notebook';

/** Builds the image; in a moment when the engine has its layers. @throws Error with the engine's words. */
export async function buildStandInNotebook(docker: Dockerode): Promise<string> {
  const stream = await docker.buildImage(
    { context: CONTEXT, src: await readdir(CONTEXT) },
    { t: STAND_IN_NOTEBOOK },
  );
  const said = await text(stream);
  // A failure is a line of the answer, whose status was sent before it was known.
  if (/"error":/.test(said)) throw new Error(`the stand-in notebook cannot be built: ${said.slice(-500)}`);
  await docker.getImage(STAND_IN_NOTEBOOK).inspect();
  return STAND_IN_NOTEBOOK;
}
