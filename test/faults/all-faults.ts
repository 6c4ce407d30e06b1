import { Dice } from '../soak/dice.ts';
import type { Fault } from './fault.ts';
import { OF_CLOCK } from './faults-of-clock.ts';
import { OF_DISKS } from './faults-of-disks.ts';
import { OF_PROGRAMS } from './faults-of-programs.ts';
import { OF_SURROUNDINGS } from './faults-of-surroundings.ts';

export const ALL_FAULTS: readonly Fault[] = [...OF_PROGRAMS, ...OF_DISKS, ...OF_SURROUNDINGS, ...OF_CLOCK];

/**
 * No part of a pair: a store that is swapped under a hub which another fault restarts would be the test's own fault, and what
 * people of the provider must see meanwhile is asserted on the way.
 */
const ALONE = new Set(['store damaged', 'identity provider away']);

/** They end servers, and of a clock that is set it is asserted that it ends none. */
const ENDS_SERVERS = new Set(['engine killed', 'notebook killed']);

const makeSense = (one: Fault, other: Fault): boolean =>
  one.takes !== other.takes &&
  !ALONE.has(one.name) &&
  !ALONE.has(other.name) &&
  !(one.takes === 'clock' && ENDS_SERVERS.has(other.name)) &&
  !(other.takes === 'clock' && ENDS_SERVERS.has(one.name));

/** Pairs of faults that take different things away: at most so many, drawn by the seed. */
export function pairsOf(
  faults: readonly Fault[],
  most: number,
  seed: number,
): readonly (readonly [Fault, Fault])[] {
  const all = faults.flatMap((one, index) =>
    faults
      .slice(index + 1)
      .flatMap((other): (readonly [Fault, Fault])[] => (makeSense(one, other) ? [[one, other]] : [])),
  );
  const dice = new Dice(seed);
  const drawn: (readonly [Fault, Fault])[] = [];
  while (drawn.length < Math.min(most, all.length)) {
    const pair = dice.one(all.filter((one) => !drawn.includes(one)));
    drawn.push(pair);
  }
  return drawn;
}
