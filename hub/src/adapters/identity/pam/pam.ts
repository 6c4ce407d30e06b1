import type { Identity, PasswordProvider } from '../../../domain/identity.ts';
import { plainIdentity } from '../../../domain/identity.ts';
import { Problem } from '../../../domain/problem.ts';
import { isUsername } from '../../../domain/user.ts';
import { makeBoundedLine } from './bounded-line.ts';
import { askPam, type PamAnswer } from './pam-helper.ts';

export interface PamSettings {
  /** The program and its first words. */
  readonly helper: readonly string[];
  readonly service: string;
  /** Folder of the service's file, or null: where the system keeps them. */
  readonly confdir: string | null;
  readonly checkAccount: boolean;
  readonly adminGroups: readonly string[];
  readonly allowedGroups: readonly string[];
  readonly encoding: 'utf8' | 'utf-8' | 'latin1';
  readonly atOnce: number;
  readonly normalizeUsername: boolean;
  readonly leastUid: number;
  readonly requestOtp: boolean;
  readonly otpPrompt: string;
}

export interface PamTimes {
  /** Milliseconds for one answer, waiting in line included. */
  readonly deadline: number;
  /** A refusal takes at least this long: how long PAM needs for it tells whether there is such an account. */
  readonly refusal: number;
}

const TIMES: PamTimes = { deadline: 8000, refusal: 1500 };
const IN_LINE = 20;
/** Whoever would get less than this is told to come back instead. */
const LEAST_MS = 1000;
const LONGEST = 1024;

export interface Pam extends PasswordProvider {
  /** @throws Error in one sentence when the service or the program is missing: the hub does not start then. */
  checkSetup(): Promise<void>;
}

/** The accounts of the machine, or of its directory, by PAM (JupyterHub's PAMAuthenticator). */
export function makePam(settings: PamSettings, times: PamTimes = TIMES): Pam {
  const inLine = makeBoundedLine({
    atOnce: settings.atOnce,
    inLine: IN_LINE,
    deadline: times.deadline,
    least: Math.min(LEAST_MS, times.deadline / 2),
  });
  const { service, checkAccount, leastUid } = settings;
  const question = { service, checkAccount, leastUid, confdir: settings.confdir ?? '' };

  return {
    id: 'pam',
    label: 'PAM',
    otpPrompt: settings.requestOtp ? settings.otpPrompt : null,
    async check({ name, password, otp, address }) {
      const soonest = performance.now() + times.refusal;
      const words = wordsOf(settings, { name, password, otp });
      const answer =
        words === null
          ? ({ verdict: 'wrong', detail: 'impossible letters' } as const)
          : await inLine((left) =>
              askPam(
                settings.helper,
                { ...question, ...words, verb: 'authenticate', user: name, address: address.slice(0, 64) },
                left,
              ),
            );
      if (answer === null) throw new Problem('AUTH-040', { provider: 'PAM', seconds: 5 });
      if (answer.verdict === 'in') return identityOf(settings, name, answer);
      // Outside the line: a guesser waits alone.
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, soonest - performance.now())));
      return refuse(name, answer);
    },
    async checkSetup() {
      const nobody = { user: '', password: Buffer.alloc(0), otp: Buffer.alloc(0), address: '' };
      const answer = await askPam(settings.helper, { ...question, ...nobody, verb: 'check' }, times.deadline);
      if (answer.verdict === 'in') return;
      throw new Error(
        `PAM cannot be asked: ${answer.detail} (service ${service}, helper ${settings.helper[0] ?? ''}). docs/how-to/sign-in-with-pam.md tells how it is set up`,
      );
    },
  };
}

/** @throws Problem AUTH-041, AUTH-007. @returns null: wrong. */
function refuse(name: string, answer: Exclude<PamAnswer, { verdict: 'in' }>): null {
  if (answer.verdict === 'account') {
    throw new Problem('AUTH-041', { provider: 'PAM', name, detail: answer.detail });
  }
  if (answer.verdict === 'trouble') throw new Problem('AUTH-007', { provider: 'PAM', detail: answer.detail });
  return null;
}

/** What is typed as PAM gets it, or null when it cannot be right: letters that PAM's strings cannot hold. */
function wordsOf(
  { encoding, requestOtp }: PamSettings,
  { name, password, otp }: { name: string; password: string; otp: string },
): { password: Buffer; otp: Buffer } | null {
  const code = requestOtp ? otp : '';
  if (!isUsername(name) || password === '' || password.length > LONGEST || code.length > LONGEST) return null;
  if (`${password}${code}`.includes('\0')) return null;
  const written = Buffer.from(password, encoding);
  // latin1 cuts off what it cannot write: another password must not become the right one.
  if (written.toString(encoding) !== password) return null;
  return { password: written, otp: Buffer.from(code, encoding) };
}

/**
 * The account is bound to the machine's number of it: a name that is given to somebody else on the machine
 * does not inherit what its predecessor had here.
 */
function identityOf(
  settings: PamSettings,
  asked: string,
  { name, uid, groups }: Extract<PamAnswer, { verdict: 'in' }>,
): Identity {
  const login = settings.normalizeUsername && name !== null ? name : asked;
  const member = (wanted: readonly string[]): boolean => wanted.some((group) => groups.includes(group));
  return {
    ...plainIdentity('pam', login, uid === null ? `name ${login}` : String(uid)),
    admin: settings.adminGroups.length === 0 ? null : member(settings.adminGroups),
    admitted: member(settings.allowedGroups) ? true : null,
  };
}
