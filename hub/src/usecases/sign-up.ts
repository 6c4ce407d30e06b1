import { addressBlock } from '../domain/address-block.ts';
import { type Admission, isAdmitted, isNameWanted, listedAdmin } from '../domain/admission.ts';
import type { Attempts } from '../domain/attempts.ts';
import { plainIdentity } from '../domain/identity.ts';
import { checkNewAccount, type PasswordRules } from '../domain/password-rules.ts';
import type { Clock, Facts, PasswordHasher } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Session } from '../domain/session.ts';
import { SIGN_UP_MS, SIGN_UPS_MAX, type SignUp } from '../domain/sign-up.ts';
import type { Drafts, Store } from '../domain/store.ts';
import { normalizeUsername, type User } from '../domain/user.ts';
import type { OpenedSession, OpenSession } from './open-session.ts';

export interface SignUpRequest {
  /** As typed. */
  readonly username: string;
  readonly password: string;
  readonly address: string;
  readonly userAgent: string;
  readonly previous: Session | null;
}

export interface SignUpVerbs {
  /**
   * Asks for an account: null means that an administrator decides. That answer is the same whether the name was
   * free or not, so that nobody learns who has an account here.
   * @throws Problem AUTH-010 name or password cannot be used, AUTH-003 too many of one address, AUTH-046 too
   * many wait.
   */
  ask(request: SignUpRequest): Promise<OpenedSession | null>;
  /** Who waits, the oldest first. */
  waiting(): readonly SignUp[];
  /** @throws Problem HTTP-404 nobody of that name waits; AUTH-010 somebody has the name by now. */
  approve(name: string, by: string): Promise<void>;
  /** @throws Problem HTTP-404. */
  reject(name: string, by: string): Promise<void>;
}

export function makeSignUp(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly facts: Facts;
  readonly passwords: PasswordHasher;
  readonly passwordRules: PasswordRules;
  readonly openSession: OpenSession;
  readonly admission: () => Admission;
  readonly attemptsOfSignUps: Attempts;
  /** `open_signup`: in at once, without an administrator. */
  readonly open: boolean;
}): SignUpVerbs {
  const { store, clock, facts, passwords, attemptsOfSignUps } = ports;

  const alive = (signUp: SignUp): boolean => clock.now() - signUp.created < SIGN_UP_MS;
  const waiting = (): readonly SignUp[] =>
    [...store.signUps.values()].filter(alive).sort((a, b) => a.created - b.created);

  /**
   * A name with an account, or with one to come: whoever is named on a list gets the account by a link. Else the
   * first stranger to type `admin` here would be the administrator.
   */
  function isTaken(name: string): boolean {
    return (
      store.users.get(name) !== undefined ||
      store.credentials.get(name) !== undefined ||
      // Files of theirs are kept.
      store.departures.get(name) !== undefined ||
      listedAdmin(ports.admission(), name) !== null ||
      isAdmitted(
        { ...ports.admission(), settings: { ...ports.admission().settings, allowAll: false } },
        name,
        undefined,
      )
    );
  }

  function throttle(address: string): void {
    const wait = attemptsOfSignUps.wait(addressBlock(address), clock.now());
    if (wait > 0) throw new Problem('AUTH-003', { seconds: Math.ceil(wait / 1000), address });
    attemptsOfSignUps.made(addressBlock(address), clock.now());
  }

  async function comeIn(name: string, hash: string, request: SignUpRequest): Promise<OpenedSession> {
    await store.change((drafts) => {
      if (isTaken(name)) throw taken();
      putAccount(drafts, name, hash, clock.now());
    });
    facts.tell({ kind: 'signed-up', name, what: 'came-in', by: request.address });
    const { address, userAgent, previous } = request;
    return await ports.openSession({
      name,
      identity: plainIdentity('local', name, null),
      address,
      userAgent,
      previous,
    });
  }

  function waitingOne(name: string): SignUp {
    const found = store.signUps.get(name);
    if (found === undefined || !alive(found)) throw new Problem('HTTP-404');
    return found;
  }

  return {
    waiting,

    async ask(request) {
      const name = normalizeUsername(request.username);
      checkNewAccount(name, request.password, ports.passwordRules);
      if (!isNameWanted(ports.admission().settings, name)) throw taken();
      throttle(request.address);
      if (ports.open && isTaken(name)) throw taken();
      // Also for names that are taken: how long it takes tells nothing.
      const hash = await passwords.hash(request.password);
      if (ports.open) return await comeIn(name, hash, request);
      await store.change((drafts) => {
        for (const old of store.signUps.values()) if (!alive(old)) drafts.signUps.delete(old.name);
        if (store.signUps.size >= SIGN_UPS_MAX) throw new Problem('AUTH-046', { count: store.signUps.size });
        // Who asks first keeps the place: a second one must not change the password that is approved.
        if (isTaken(name) || store.signUps.get(name) !== undefined) return;
        drafts.signUps.put({ name, hash, created: clock.now(), address: request.address });
        facts.tell({ kind: 'signed-up', name, what: 'asked', by: request.address });
      });
      return null;
    },

    async approve(name, by) {
      await store.change((drafts) => {
        const { hash } = waitingOne(name);
        if (isTaken(name)) throw taken();
        drafts.signUps.delete(name);
        putAccount(drafts, name, hash, clock.now());
      });
      facts.tell({ kind: 'signed-up', name, what: 'approved', by });
    },

    async reject(name, by) {
      await store.change((drafts) => {
        waitingOne(name);
        drafts.signUps.delete(name);
      });
      facts.tell({ kind: 'signed-up', name, what: 'rejected', by });
    },
  };
}

function taken(): Problem {
  return new Problem('AUTH-010', { detail: 'This name cannot be had here. Choose another one.' });
}

function putAccount(drafts: Drafts, name: string, hash: string, now: number): void {
  const user: User = {
    name,
    admin: false,
    groups: [],
    created: now,
    lastActivity: null,
    identities: {},
    invited: true,
  };
  drafts.users.put(user);
  drafts.credentials.put({ user: name, hash, changed: now, secondFactor: null });
}
