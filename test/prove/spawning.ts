import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { showLines } from './lines.ts';

// Issue "Spawning", bullet by bullet, on the real engine. What is not built yet is listed and falls short.
const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

const notBuilt = (what: string) => async (): Promise<string> => {
  throw new Error(`not built: ${what}`);
};

await showLines('Spawning', [
  {
    number: '1a',
    what: 'profiles of a z2jh config.yaml on the real engine with the genuine jupyterhub-singleuser: options, volumes, user, groups, root',
    show: () => vitest('integration', 'test/integration/spawn-profiles'),
  },
  {
    number: '1b',
    what: 'every key, every misspelt key, own texts, and who may use what, on the form and through the API',
    show: () => vitest('unit', 'profile', 'spawn-form'),
  },
  {
    number: '2a',
    what: 'limits, swap, pids, shared memory, capabilities, privileges, as the engine has them',
    show: () => vitest('unit', 'create-body', 'container-spec'),
  },
  { number: '2b', what: 'quota of a volume', show: notBuilt('disk quota, hard and soft') },
  {
    number: '3',
    what: 'room: one line, places told, guarantees, GPUs by id (stand-in device files, no card at hand), across a restart',
    show: () => vitest('integration', 'test/integration/spawn-room'),
  },
  {
    number: '4',
    what: 'downloads shared by all who wait, cancel at every step, life and restart',
    show: () =>
      vitest(
        'integration',
        'test/integration/spawn-image',
        'test/integration/spawn-cancel',
        'test/integration/spawn-life',
        'test/integration/spawn-restart',
      ),
  },
  {
    number: '5',
    what: 'failures provoked on the real engine: code, words, kept log; a foreign container is left alone',
    show: () => vitest('integration', 'test/integration/spawn-failures'),
  },
  {
    number: '6',
    what: 'storage',
    show: notBuilt('shared folders per group, volumes listed, backed up, restored, deleted'),
  },
  {
    number: '7a',
    what: 'the culler: kernels, terminals, traffic, and the processor as second witness, with the genuine jupyterhub-singleuser',
    show: () => vitest('integration', 'test/integration/cull'),
  },
  {
    number: '7b',
    what: 'warning, keep for two hours, max_age, policy of a profile, dry run',
    show: notBuilt('all of them'),
  },
  { number: '7c', what: 'freeze and wake', show: notBuilt('freeze_timeout') },
  { number: '8', what: 'schedules', show: notBuilt('starts before a class') },
  { number: '9', what: 'save my environment', show: notBuilt('docker commit as a profile') },
  { number: '10', what: 'images', show: notBuilt('pre-pull, update check, "on this machine"') },
  { number: '11', what: 'thirty minutes of everything at once', show: notBuilt('the soak') },
  {
    number: '12',
    what: 'speed',
    show: async () => {
      const { stdout } = await run(process.execPath, ['test/bench/spawn.ts'], {
        cwd: ROOT,
        timeout: 30 * 60_000,
      }).catch((error: { stdout?: string; message: string }) => {
        throw new Error(error.stdout || error.message);
      });
      return stdout.trim();
    },
  },
]);

/** Runs tests and answers how many. @throws Error with the last lines when one fails. */
async function vitest(project: string, ...filters: readonly string[]): Promise<string> {
  const words = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...filters];
  const { stdout } = await run(process.execPath, words, {
    cwd: ROOT,
    timeout: 30 * 60_000,
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, NO_COLOR: '1' },
  }).catch((error: { stdout?: string; message: string }) => {
    throw new Error((error.stdout || error.message).slice(-3000));
  });
  const told = /Tests\s+(.*)/.exec(stdout)?.[1];
  if (told === undefined) throw new Error('the tests told nothing');
  return told.trim();
}
