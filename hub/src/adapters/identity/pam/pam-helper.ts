import { spawn } from 'node:child_process';

/** What the program said; `trouble` is for the log and holds nothing that was typed. */
export type PamAnswer =
  | {
      readonly verdict: 'in';
      readonly name: string | null;
      readonly uid: number | null;
      readonly groups: readonly string[];
    }
  | { readonly verdict: 'wrong' | 'account' | 'system'; readonly detail: string }
  | { readonly verdict: 'trouble'; readonly detail: string };

export interface PamQuestion {
  readonly verb: 'check' | 'authenticate';
  readonly service: string;
  readonly confdir: string;
  readonly user: string;
  readonly password: Buffer;
  readonly otp: Buffer;
  readonly address: string;
  readonly checkAccount: boolean;
  readonly leastUid: number;
}

const MOST_OUTPUT = 256 * 1024;

/**
 * Starts `berth-pam` for one question (its source says what it reads and writes). Everything goes in by standard
 * input: arguments and environment can be read by others. Killed after `deadline` ms.
 */
export function askPam(
  command: readonly string[],
  question: PamQuestion,
  deadline: number,
): Promise<PamAnswer> {
  const [program = '', ...words] = command;
  return new Promise((resolve) => {
    // No environment of the hub's: it holds secrets, and modules read variables.
    const child = spawn(program, words, {
      cwd: '/',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: ['pipe', 'pipe', 'ignore'],
      // A group of its own: what a module started ends with it.
      detached: true,
    });
    let out = '';
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        endGroup(child.pid);
        // Whoever left the group and holds the pipe open is not waited for.
        child.stdout.destroy();
        resolve({ verdict: 'trouble', detail: `no answer within ${(deadline / 1000).toFixed(1)} s` });
      },
      Math.max(0, deadline),
    );
    const end = (answer: PamAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      if (out.length < MOST_OUTPUT) out += piece;
    });
    child.on('error', (error: NodeJS.ErrnoException) =>
      end({ verdict: 'trouble', detail: `${program} does not start (${error.code ?? 'unknown'})` }),
    );
    child.on('close', (code, signal) => {
      if (late) return;
      end(
        code === 0
          ? parsePamAnswer(out)
          : { verdict: 'trouble', detail: `${program} ended with ${signal ?? code}` },
      );
    });
    // It may be gone before it has read everything; what that means is told by its end.
    child.stdin.on('error', () => {});
    child.stdin.end(fieldsOf(question));
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself just now.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Fields with a NUL after each. None may hold one: the caller has looked. */
function fieldsOf(question: PamQuestion): Buffer {
  const fields = [
    question.verb,
    question.service,
    question.confdir,
    question.user,
    question.password,
    question.otp,
    question.address,
    question.checkAccount ? '1' : '0',
    String(question.leastUid),
  ];
  return Buffer.concat(fields.flatMap((field) => [Buffer.from(field), Buffer.of(0)]));
}

/** Anything but a well-formed "in" is no "in". */
export function parsePamAnswer(out: string): PamAnswer {
  const [verdict, ...lines] = out.split('\n');
  const all = (word: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const detail = all('detail')[0] ?? 'nothing said';
  if (verdict === 'wrong' || verdict === 'account' || verdict === 'system') return { verdict, detail };
  if (verdict !== 'in' || !out.endsWith('\n')) {
    return { verdict: 'trouble', detail: verdict === 'error' ? detail : 'an answer that was not understood' };
  }
  const uid = all('uid')[0];
  return {
    verdict,
    name: all('name')[0] ?? null,
    uid: uid !== undefined && /^\d{1,10}$/.test(uid) ? Number(uid) : null,
    groups: all('group'),
  };
}
