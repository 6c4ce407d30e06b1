import { execFile, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const MAKE_DEADLINE_MS = 20 * 60_000;

export interface StackOptions {
  /** Tells this stack's project, network, volume and containers from others on the machine. */
  readonly name: string;
  readonly port: number;
  readonly settings?: Readonly<Record<string, string>>;
  readonly userlist?: string;
  /** The environment of make and Compose, which wins over `.env`: for a `.env` that has to stay as it is. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * The whole appliance, as a newcomer gets it: the project's files in a folder of their own, a `.env`, and
 * `make up`. Nothing in it is a stand-in.
 */
export class Stack {
  readonly directory: string;
  readonly options: StackOptions;
  /** What `make` said, for the reader of a failed test. */
  output = '';

  private constructor(directory: string, options: StackOptions) {
    this.directory = directory;
    this.options = options;
  }

  static async make(options: StackOptions): Promise<Stack> {
    const directory = await mkdtemp(join(tmpdir(), `berth-${options.name}-`));
    // As a clone would be: the hub's own user must be able to enter it.
    await chmod(directory, 0o755);
    const stack = new Stack(directory, options);
    await copyProject(directory);
    await stack.set({
      JUPYTERHUB_PORT: String(options.port),
      COMPOSE_PROJECT_NAME: options.name,
      DOCKER_NETWORK_NAME: `${options.name}-network`,
      DATA_VOLUME_HOST: `${options.name}-data`,
      ...options.settings,
    });
    await writeFile(join(directory, 'userlist'), options.userlist ?? '# nobody yet\n');
    await clearLeftOvers(options.name);
    return stack;
  }

  get url(): string {
    return `http://127.0.0.1:${this.options.port}`;
  }

  /** Changes `.env`; in force with the next `up`. */
  async set(settings: Readonly<Record<string, string>>): Promise<void> {
    const path = join(this.directory, '.env');
    const text = await readFile(path, 'utf8').catch(() =>
      readFile(join(this.directory, '.env.example'), 'utf8'),
    );
    const kept = text.split('\n').filter((line) => !Object.hasOwn(settings, line.split('=')[0] ?? ''));
    const added = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    await writeFile(path, `${[...kept, ...added].join('\n').trimEnd()}\n`, { mode: 0o600 });
  }

  /** `make up`; answers what it printed. @throws Error with the last lines when it fails. */
  async up(): Promise<string> {
    const { code, output } = await this.make('up');
    if (code !== 0) throw new Error(`make up failed:\n${output.slice(-4000)}`);
    return output;
  }

  async make(...words: readonly string[]): Promise<{ code: number; output: string }> {
    const child = spawn('make', [...words], {
      cwd: this.directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.options.environment },
    });
    const timer = setTimeout(() => child.kill('SIGTERM'), MAKE_DEADLINE_MS);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece: Buffer) => {
        output += piece.toString();
      });
    }
    const code = await new Promise<number>((done) => child.once('close', (status) => done(status ?? 1)));
    clearTimeout(timer);
    this.output += output;
    return { code, output };
  }

  /** The one-time link that `make up` printed, on the loopback address. */
  link(output: string): string {
    const found = /https?:\/\/[^\s/]+(\/\S*hub\/setup\?token=\S+)/.exec(output)?.[1];
    if (found === undefined) throw new Error(`no one-time link in:\n${output}`);
    return `${this.url}${found}`;
  }

  /** A file of the project's folder, as an administrator would put it there. */
  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.directory, path)), { recursive: true });
    await writeFile(join(this.directory, path), text);
  }

  async writeUserlist(text: string): Promise<void> {
    await writeFile(join(this.directory, 'userlist'), text);
  }

  /** Compose in this stack's folder. */
  async compose(...words: readonly string[]): Promise<string> {
    const { stdout } = await run('bash', ['compose/setup/compose.sh', ...words], {
      cwd: this.directory,
      timeout: 180_000,
      env: { ...process.env, ...this.options.environment },
    });
    return stdout;
  }

  /** Until hub and proxy are healthy, as `make up` waits. @throws Error with their last words when they are not in time. */
  async wait(seconds = 120): Promise<void> {
    await run('bash', ['compose/setup/wait.sh', String(seconds)], { cwd: this.directory, timeout: 300_000 });
  }

  /** Id of the container of one of the services. */
  async container(service: string): Promise<string> {
    return (await this.compose('ps', '-q', service)).trim();
  }

  /** Waits until the hub answers through the proxy again. @throws Error after the deadline. */
  async healthy(deadline = 60_000): Promise<void> {
    const end = Date.now() + deadline;
    while (Date.now() < end) {
      const answer = await fetch(`${this.url}/hub/health`, { signal: AbortSignal.timeout(2000) }).catch(
        () => null,
      );
      if (answer?.status === 200) return;
      await new Promise((later) => setTimeout(later, 200));
    }
    throw new Error(`the hub did not answer within ${deadline / 1000} s`);
  }

  async logs(): Promise<string> {
    return await this.compose('logs', '--tail=200', '--no-color');
  }

  /** Everything that this stack made goes, volumes included. */
  async remove(): Promise<void> {
    await this.make('clean', 'YES=1');
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** The files that git knows or would take, as they are now: what a clone after the next commit would have. */
export async function copyProject(directory: string): Promise<void> {
  const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    maxBuffer: 64 * 2 ** 20,
  });
  for (const path of stdout.split('\0').filter((name) => name !== '')) {
    const to = join(directory, path);
    await mkdir(dirname(to), { recursive: true });
    // A file that git still lists and that is gone is simply not there.
    await cp(join(ROOT, path), to).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

/** What a run that broke off left under this name would be found again: its volume has an administrator already. */
async function clearLeftOvers(name: string): Promise<void> {
  // Without an engine there is nothing to clear; `make up` brings one.
  if (!(await docker('version').then(Boolean, () => false))) return;
  const labels = [`label=com.docker.compose.project=${name}`, `label=org.berth.hub=${name}`];
  // All containers first: what they use would stay.
  for (const [list, remove] of [
    ['ps -aq', 'rm -f'],
    ['volume ls -q', 'volume rm'],
  ] as const) {
    for (const label of labels) {
      const left = (await docker(...list.split(' '), '--filter', label)).split('\n').filter(Boolean);
      if (left.length > 0) await docker(...remove.split(' '), ...left);
    }
  }
  // Networks may stay, `make up` takes them as they are: after hundreds of containers engine 20.10 counts some for ever.
}

/** `docker …`, for looking at what the stack made. */
export async function docker(...words: readonly string[]): Promise<string> {
  const { stdout } = await run('docker', [...words], { timeout: 60_000 });
  return stdout.trim();
}
