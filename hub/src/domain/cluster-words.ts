import { Problem } from './problem.ts';

/**
 * What a cluster engine says of a server that does not run yet, told apart by what may come of it.
 *
 * `image`: its machine fetches the image or makes the container. `room`: every machine that fits is full, or takes
 * nothing now, and that may change by itself. `misfit`: no machine is what is asked for. `moment`: it is being placed.
 */
export type Waiting = 'image' | 'room' | 'misfit' | 'moment';

/** Of Swarm's explanation: why each machine does not take it, `insufficient resources on 2 nodes`. */
const NOBODY = /^no suitable node(?: \((.*)\))?/;
const FULL =
  /insufficient resources|not available for new tasks|already in use|max replicas|volume.*(?:in use|not available)/;

export function readWaiting(words: string): Waiting {
  const nobody = NOBODY.exec(words);
  if (nobody !== null) return nobody[1] === undefined || FULL.test(nobody[1]) ? 'room' : 'misfit';
  return /^(?:preparing|starting|ready)\b/.test(words) ? 'image' : 'moment';
}

type Rule = readonly [
  RegExp,
  'SPAWN-101' | 'SPAWN-102' | 'SPAWN-103' | 'SPAWN-110' | 'SPAWN-130' | 'SPAWN-131',
];

/** The first that fits: words of the machine's engine, which engines from 20.10 to 28 choose differently. */
const RULES: readonly Rule[] = [
  [/no space left on device|disk quota exceeded/i, 'SPAWN-110'],
  [/no matching manifest|does not match the specified platform|exec format error/i, 'SPAWN-103'],
  [/unauthorized|authentication required|forbidden|no basic auth credentials/i, 'SPAWN-102'],
  [/could not select device driver|nvidia-container-cli|gathering device information/i, 'SPAWN-130'],
  [/no such image|manifest unknown|pull access denied|repository does not exist/i, 'SPAWN-101'],
  [
    /invalid mount|bind source path|(?:error )?(?:while )?mounting|failed to mount|volume driver|no such volume|plugin/i,
    'SPAWN-131',
  ],
];

/** Why a cluster engine gave a server up before it ran. */
export function readRefusal(words: string, image: string): Problem {
  const code = RULES.find(([pattern]) => pattern.test(words))?.[1] ?? 'SPAWN-199';
  return new Problem(code, { image, detail: words.slice(0, 1000) });
}
