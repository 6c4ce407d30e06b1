import { addressBlock } from '../domain/address-block.ts';
import type { Attempts } from '../domain/attempts.ts';
import type { Clock } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';

/** A try that has been counted already. */
export interface CountedTry {
  /** The password was right. */
  right(): void;
  /** Nobody could be asked: that is no guess. */
  void(): void;
}

/**
 * Counts a try before the password is looked at, so that forty at once are forty.
 *
 * @throws Problem AUTH-003 when it is too early for another one.
 */
export type Throttle = (name: string, address: string) => CountedTry;

export function makeThrottle(ports: {
  readonly clock: Clock;
  readonly attemptsOfNames: Attempts;
  readonly attemptsOfAddresses: Attempts;
}): Throttle {
  const { clock, attemptsOfNames, attemptsOfAddresses } = ports;
  return (name, address) => {
    const line = addressBlock(address);
    // A name alone would let anybody lock anybody out.
    const both = `${name.slice(0, 64)} ${line}`;
    const now = clock.now();
    const wait = Math.max(attemptsOfNames.wait(both, now), attemptsOfAddresses.wait(line, now));
    if (wait > 0) throw new Problem('AUTH-003', { seconds: Math.ceil(wait / 1000), address });
    attemptsOfNames.made(both, now);
    attemptsOfAddresses.made(line, now);
    return {
      right() {
        attemptsOfNames.forget(both);
        attemptsOfAddresses.takeBack(line);
      },
      void() {
        attemptsOfNames.takeBack(both);
        attemptsOfAddresses.takeBack(line);
      },
    };
  };
}
