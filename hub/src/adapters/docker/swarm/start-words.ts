import type { ContainerSpec } from '../../../domain/containers.ts';
import { Problem } from '../../../domain/problem.ts';
import { SECRET_FILE } from './hidden-words.ts';

/** What a manager's own copy of an image says of it. */
export interface ImageFacts {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** Whether it has `/bin/sh`. */
  readonly shell: boolean;
}

/** In a service's words: `Command` is what an image calls its ENTRYPOINT, `Args` its CMD. */
export interface StartWords {
  readonly Command?: readonly string[];
  readonly Args?: readonly string[];
}

/**
 * First the variables of the secret, then the image's own program in this shell's place. Engines before API 1.44 have no
 * `no-new-privileges` for services, so the program is started with it where the image has util-linux.
 */
const STEP = `. /run/secrets/${SECRET_FILE}
if command -v setpriv >/dev/null 2>&1; then exec setpriv --no-new-privs -- "$@"; fi
exec "$@"`;

/** Whether it is known what the image would start, and that its shell can start it. */
export function canHide(spec: ContainerSpec, image: ImageFacts | null): image is ImageFacts {
  return image?.shell === true && wholeCommand(spec, image).length > 0;
}

/** @throws Problem SPAWN-199 when arguments shall follow a command that nobody here knows. */
export function startWords(spec: ContainerSpec, image: ImageFacts | null): StartWords {
  const { entrypoint, command, args, image: name } = spec;
  if (command === null && args.length > 0 && entrypoint === undefined && image === null) {
    const detail = `arguments follow the image's own command, which is read on a manager: pull ${name} there, or say the command as well`;
    throw new Problem('SPAWN-199', { detail });
  }
  const words = command === null && args.length === 0 ? [] : commandWords(spec, image);
  return {
    // One empty word is none; an empty list is the image's own.
    ...(entrypoint === undefined ? {} : { Command: entrypoint.length === 0 ? [''] : entrypoint }),
    ...(words.length === 0 ? {} : { Args: words }),
  };
}

/** As {@link startWords}, by way of a shell that reads the secret before. */
export function hiddenStartWords(spec: ContainerSpec, image: ImageFacts): StartWords {
  return { Command: ['/bin/sh', '-c', STEP, 'berth'], Args: wholeCommand(spec, image) };
}

function wholeCommand(spec: ContainerSpec, image: ImageFacts): readonly string[] {
  return [...(spec.entrypoint ?? image.entrypoint), ...commandWords(spec, image)];
}

/** As engines have it: whoever replaces the ENTRYPOINT leaves out the image's CMD. */
function commandWords({ entrypoint, command, args }: ContainerSpec, image: ImageFacts | null) {
  return [...(command ?? (entrypoint === undefined ? (image?.command ?? []) : [])), ...args];
}
