import type { Clock, Digest, Facts, Random, Sealer } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import { type OneTimeCodes, RECOVERY_CODES, secondFactorBinding, tidyCode } from '../domain/second-factor.ts';
import type { Session } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import type { Confirmation, ConfirmPassword } from './confirm-password.ts';
import { endSession } from './end-session.ts';

export interface SecondFactorVerbs {
  /**
   * Begins: a new secret, in base32, that counts for nothing until a code of it was entered.
   * @throws Problem as {@link ConfirmPassword} does; AUTH-048 the secret would not outlive a restart.
   */
  begin(request: Confirmation & { readonly session: Session }): Promise<string>;
  /** The secret that this session began with, or null. */
  begun(session: Session): string | null;
  /**
   * Puts it in force and ends the person's other sessions, which were opened without it.
   * @returns recovery codes: shown this once, kept hashed.
   * @throws Problem AUTH-043 a wrong code, AUTH-044 nothing was begun.
   */
  finish(request: {
    readonly session: Session;
    readonly code: string;
    readonly address: string;
  }): Promise<readonly string[]>;
  /** @throws Problem as {@link ConfirmPassword} does. */
  remove(request: Confirmation): Promise<void>;
  /** For somebody who lost app and codes. The caller has checked that `by` may. */
  removeOf(user: string, by: string): Promise<void>;
}

const BEGUN_MS = 15 * 60_000;
const MOST_KEPT = 1000;
/** Wrong codes before the secret has to be made anew. */
const MOST_TRIES = 10;

export function makeSecondFactor(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly facts: Facts;
  readonly sealer: Sealer;
  readonly codes: OneTimeCodes;
  readonly confirmPassword: ConfirmPassword;
  /** Whether the sealer's key outlives a restart. */
  readonly sealerLasts: boolean;
}): SecondFactorVerbs {
  const { store, clock, facts, confirmPassword } = ports;
  // In memory only: an unfinished set-up is nothing that has to live on.
  const begun = new Map<string, { readonly secret: string; readonly at: number; tries: number }>();

  async function drop(user: string, by: string): Promise<void> {
    await store.change((drafts) => {
      const credential = store.credentials.get(user);
      if (credential === undefined || credential.secondFactor === null) throw new Problem('HTTP-404');
      drafts.credentials.put({ ...credential, secondFactor: null });
    });
    facts.tell({ kind: 'second-step', user, what: 'removed', by });
  }

  const current = (session: Session) => {
    const found = begun.get(session.idHash);
    return found === undefined || clock.now() - found.at > BEGUN_MS || found.tries >= MOST_TRIES
      ? undefined
      : found;
  };

  return {
    async begin(request) {
      if (!ports.sealerLasts) throw new Problem('AUTH-048');
      await confirmPassword(request);
      const secret = ports.codes.newSecret();
      begun.delete(request.session.idHash);
      begun.set(request.session.idHash, { secret, at: clock.now(), tries: 0 });
      const oldest = begun.keys().next();
      if (begun.size > MOST_KEPT && oldest.done !== true) begun.delete(oldest.value);
      return secret;
    },

    begun: (session) => current(session)?.secret ?? null,

    async finish({ session, code, address }) {
      const found = current(session);
      if (found === undefined) throw new Problem('AUTH-044');
      found.tries += 1;
      const step = ports.codes.stepOf(found.secret, tidyCode(code), clock.now());
      if (step === null) throw new Problem('AUTH-043', { name: session.user, address });
      begun.delete(session.idHash);
      const since = clock.now();
      const words = Array.from({ length: RECOVERY_CODES }, () => ports.random.hex(8));
      await store.change((drafts) => {
        const credential = store.credentials.get(session.user);
        if (credential === undefined) throw new Problem('HTTP-404');
        const secondFactor = {
          sealed: ports.sealer.seal(found.secret, secondFactorBinding(since)),
          lastStep: step,
          recovery: words.map((word) => ports.digest(word)),
          since,
        };
        drafts.credentials.put({ ...credential, secondFactor });
        for (const other of store.sessions.where('user', session.user)) {
          if (other.idHash !== session.idHash) endSession(store, drafts, other);
        }
      });
      facts.tell({ kind: 'second-step', user: session.user, what: 'set-up', by: session.user });
      return words.map(inFours);
    },

    async remove(request) {
      await confirmPassword(request);
      await drop(request.user, request.user);
    },

    removeOf: drop,
  };
}

/** `0123-4567-89ab-cdef`: easier to copy by hand. */
function inFours(word: string): string {
  return word.match(/.{1,4}/g)?.join('-') ?? word;
}
