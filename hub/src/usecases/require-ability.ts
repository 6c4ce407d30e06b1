import type { Abilities, Containers } from '../domain/containers.ts';
import { Problem } from '../domain/problem.ts';

/** What stands in the refusal, for people; each has its translation. */
const WORDS: Readonly<Record<keyof Abilities, string>> = {
  pause: 'freezing a server',
  limit: 'changing the limits of a running server',
  usage: 'measuring what a server uses',
  save: 'saving a running server as an environment',
  ports: 'leading to programs that listen inside of a server only',
  volumes: 'looking into volumes',
};

/** @throws Problem SPAWN-180 when the engine cannot do it. */
export function requireAbility({ abilities }: Pick<Containers, 'abilities'>, what: keyof Abilities): void {
  if (!abilities[what]) throw new Problem('SPAWN-180', { detail: WORDS[what] });
}
