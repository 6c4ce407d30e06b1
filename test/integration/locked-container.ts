import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a container is started with, beside what all of the appliance's are locked down with. */
export interface LockedContainer {
  readonly name: string;
  readonly network: string;
  readonly image: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  /** Names on the network. */
  readonly alias?: readonly string[];
  readonly words?: readonly string[];
}

/** Starts a container as Compose starts the appliance's: no root, no capability, nothing to write to but memory. */
export async function startLocked(one: LockedContainer): Promise<void> {
  const { name, network, image, settings = {}, volumes = [], alias = [], words = [] } = one;
  await docker([
    ...['run', '-d', '--name', name, '--network', network, '--user', '1000:1000', '--read-only'],
    ...['--tmpfs', '/tmp:mode=1777', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges:true'],
    ...alias.flatMap((other) => ['--network-alias', other]),
    ...volumes.flatMap((volume) => ['-v', volume]),
    ...Object.entries(settings).flatMap(([key, value]) => ['-e', `${key}=${value}`]),
    image,
    ...words,
  ]);
}

export async function addressOf(container: string): Promise<string> {
  return docker(['inspect', '-f', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', container]);
}

/** Both streams of what a container has said. */
export async function logOf(container: string): Promise<string> {
  const { stdout, stderr } = await run('docker', ['logs', container], { timeout: 60_000 });
  return `${stdout}${stderr}`;
}

export async function docker(words: readonly string[], timeout = 120_000): Promise<string> {
  const { stdout } = await run('docker', [...words], { timeout, maxBuffer: 64 * 2 ** 20 });
  return stdout.trim();
}

/** Does it again until it does not fail. @throws whatever it failed with last. */
export async function until<T>(work: () => Promise<T>, seconds = 120): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(300);
    }
  }
}
