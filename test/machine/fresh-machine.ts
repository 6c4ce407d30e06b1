import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const SCRIPT = join(import.meta.dirname, 'machine.sh');

export interface Ran {
  /** Exit code; 124 when the deadline ended it. */
  readonly code: number;
  /** Both outputs, as they came. */
  readonly output: string;
  readonly seconds: number;
}

export interface RunOptions {
  /** Default 600. */
  readonly deadlineSeconds?: number;
  /** Called with every line as it comes. */
  readonly line?: (line: string) => void;
}

/** A Debian machine of its own namespaces with git, make and nothing else; see machine.sh. Needs root. */
export interface FreshMachine {
  /** Under which this machine reaches it. */
  readonly address: string;
  /** A line for bash, as root, in /root. Does not throw on a failing command. */
  run(command: string, options?: RunOptions): Promise<Ran>;
  /** Takes its way to the outside away, and gives it back. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Its root folder as this machine sees it. */
  readonly root: string;
  /** Ends everything in it. */
  remove(): Promise<void>;
}

/**
 * Makes one, with the project cloned (HEAD, so nothing uncommitted) to /root/berth.
 *
 * @throws Error with the script's words when it cannot be made.
 */
export async function makeFreshMachine(): Promise<FreshMachine> {
  const folder = await mkdtemp('/var/tmp/berth-machine-');
  const verb = async (...words: string[]): Promise<string> => {
    const { code, output } = await execute('bash', [SCRIPT, ...words], { deadlineSeconds: 900 });
    if (code !== 0) throw new Error(`machine.sh ${words[0]}: ${output.trim()}`);
    return output.trim();
  };
  const remove = async (): Promise<void> => void (await verb('remove', folder));
  try {
    await verb('create', folder, ROOT);
    const machine: FreshMachine = {
      address: await verb('address', folder),
      run: (command, options = {}) =>
        execute(
          'bash',
          [SCRIPT, 'run', folder, 'timeout', `${options.deadlineSeconds ?? 600}`, 'bash', '-c', command],
          { ...options, deadlineSeconds: (options.deadlineSeconds ?? 600) + 15 },
        ),
      unplug: async () => void (await verb('unplug', folder)),
      plug: async () => void (await verb('plug', folder)),
      root: join(folder, 'root'),
      remove,
    };
    const cloned = await machine.run(
      "git config --global --add safe.directory '*' && git clone -q /mnt/repo berth",
    );
    if (cloned.code !== 0) throw new Error(`git clone: ${cloned.output}`);
    return machine;
  } catch (error) {
    await remove();
    throw error;
  }
}

function execute(
  command: string,
  words: readonly string[],
  { deadlineSeconds = 600, line }: RunOptions,
): Promise<Ran> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: deadlineSeconds * 1000,
    });
    let output = '';
    let rest = '';
    const take = (piece: string): void => {
      output += piece;
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      if (line) for (const whole of lines) line(whole);
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', take);
    }
    child.on('error', reject);
    // `exit`, not `close`: an engine that was started inside may hold the pipe for ever.
    child.on('exit', (code) => {
      setTimeout(() => {
        for (const stream of [child.stdout, child.stderr]) stream.destroy();
        resolve({ code: code ?? 124, output, seconds: (performance.now() - begun) / 1000 });
      }, 200);
    });
  });
}
