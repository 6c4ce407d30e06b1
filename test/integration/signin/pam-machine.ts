import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PamSettings } from '../../../hub/src/adapters/identity/pam/pam.ts';

const ROOT = join(import.meta.dirname, '../../..');
const BUILD_MS = 250_000;

/** As compose/pam.yaml has it: no rights but the group that may read the host's passwords. */
const AS_THE_HUB = [
  ...['--user', '1000:42', '--read-only', '--tmpfs', '/tmp', '--network', 'none'],
  ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
];

/** Real PAM on a machine of its own: `test/stand-ins/pam/accounts` says who has an account there. */
export class PamMachine {
  readonly #name: string;

  private constructor(name: string) {
    this.#name = name;
  }

  static async start(rights: readonly string[] = AS_THE_HUB): Promise<PamMachine> {
    await build('berth-test-pam-base', 'hub/pam', ['BERTH_IMAGE=debian:trixie-slim']);
    await build('berth-test-pam', 'test/stand-ins/pam', ['BASE=berth-test-pam-base']);
    const name = `berth-test-pam-${randomBytes(4).toString('hex')}`;
    const volumes = ['-v', `${name}-etc:/host/etc`, '-v', `${name}-data:/data`];
    const machine = new PamMachine(name);
    try {
      await docker(
        'run',
        '--rm',
        '--user',
        '0',
        '--network',
        'none',
        ...volumes,
        'berth-test-pam',
        'accounts',
      );
      await docker(
        'run',
        '-d',
        '--init',
        '--name',
        name,
        ...rights,
        ...volumes,
        'berth-test-pam',
        'sleep',
        '3600',
      );
    } catch (error) {
      await machine.remove();
      throw error;
    }
    return machine;
  }

  /** The program as the hub would start it; only that the engine carries it into the machine. */
  get helper(): readonly string[] {
    return ['docker', 'exec', '-i', this.#name, '/usr/local/lib/berth/berth-pam'];
  }

  /** Settings as they are when nothing but the service is set. */
  settings(more: Partial<PamSettings> = {}): PamSettings {
    return {
      helper: this.helper,
      service: 'berth',
      confdir: '/data/pam.d',
      checkAccount: true,
      adminGroups: [],
      allowedGroups: [],
      encoding: 'utf8',
      atOnce: 4,
      normalizeUsername: false,
      leastUid: 1000,
      requestOtp: false,
      otpPrompt: 'OTP:',
      ...more,
    };
  }

  run(...words: readonly string[]): Promise<string> {
    return docker('exec', this.#name, ...words);
  }

  asRoot(...words: readonly string[]): Promise<string> {
    return docker('exec', '-u', '0', this.#name, ...words);
  }

  /** Who is in a group of the host, from now on. */
  async setGroup(name: string, members: string): Promise<void> {
    const script =
      'sed "s/^\\($1:.*:\\)[^:]*$/\\1$2/" /host/etc/group >/tmp/group && cat /tmp/group >/host/etc/group';
    await docker(
      ...['run', '--rm', '--user', '0', '--network', 'none', '-v', `${this.#name}-etc:/host/etc`],
      ...['berth-test-pam', 'sh', '-c', script, 'sh', name, members],
    );
  }

  /** What the app of `otto` shows. */
  async code(ahead = 0): Promise<string> {
    const at = new Date(Date.now() + ahead).toISOString().slice(0, 19).replace('T', ' ');
    return await this.run(
      'oathtool',
      '--totp',
      '-N',
      `${at} UTC`,
      '3132333435363738393031323334353637383930',
    );
  }

  async remove(): Promise<void> {
    await docker('rm', '-f', '-v', this.#name).catch(() => {});
    await docker('volume', 'rm', '-f', `${this.#name}-etc`, `${this.#name}-data`).catch(() => {});
  }
}

async function build(tag: string, folder: string, settings: readonly string[]): Promise<void> {
  const words = settings.flatMap((one) => ['--build-arg', one]);
  await run(['build', '-q', '-t', tag, ...words, join(ROOT, folder)], BUILD_MS);
}

const docker = (...words: readonly string[]): Promise<string> => run(words, 60_000);

async function run(words: readonly string[], timeout: number): Promise<string> {
  const { stdout } = await promisify(execFile)('docker', [...words], { timeout });
  return stdout.trim();
}
