import { soakSpawning } from '../soak/soak-spawning.ts';
import { benchLine } from './bench-line.ts';
import { showLines } from './lines.ts';
import { suite } from './suite.ts';

// Issue "Spawning", bullet by bullet, on the real engine. What is not built yet is listed and falls short.

const MINUTES = Number(process.env.SOAK_MINUTES ?? 30);
const SEED = Number(process.env.SOAK_SEED ?? Math.floor(Math.random() * 1e6));

const notBuilt = (what: string) => async (): Promise<string> => {
  throw new Error(`not built: ${what}`);
};

await showLines('Spawning', [
  {
    number: '1a',
    what: 'profiles of a z2jh config.yaml on the real engine with the genuine jupyterhub-singleuser: options, volumes, user, groups, root',
    show: () => suite('integration', ['test/integration/spawn-profiles']),
  },
  {
    number: '1b',
    what: 'every key, every misspelt key, own texts, and who may use what, on the form and through the API',
    show: () => suite('unit', ['profile', 'spawn-form']),
  },
  {
    number: '2a',
    what: 'limits, swap, pids, shared memory, capabilities, privileges, as the engine has them',
    show: () => suite('unit', ['create-body', 'container-spec']),
  },
  { number: '2b', what: 'quota of a volume', show: notBuilt('disk quota, hard and soft') },
  {
    number: '3',
    what: 'room: one line, places told, guarantees, GPUs by id (stand-in device files, no card at hand), across a restart',
    show: () => suite('integration', ['test/integration/spawn-room']),
  },
  {
    number: '4',
    what: 'downloads shared by all who wait, cancel at every step, life and restart',
    show: () =>
      suite('integration', [
        'test/integration/spawn-image',
        'test/integration/spawn-cancel',
        'test/integration/spawn-life',
        'test/integration/spawn-progress',
        'test/integration/spawn-restart',
      ]),
  },
  {
    number: '5',
    what: 'failures provoked on the real engine: code, words, kept log, a full disk (of an engine of its own); a foreign container is left alone',
    show: () => suite('integration', ['test/integration/spawn-failures', 'test/integration/spawn-disk-full']),
  },
  {
    number: '6',
    what: 'storage',
    show: notBuilt('shared folders per group, volumes listed, backed up, restored, deleted'),
  },
  {
    number: '7a',
    what: 'the culler: kernels, terminals, traffic, and the processor as second witness, with the genuine jupyterhub-singleuser',
    show: () => suite('integration', ['test/integration/cull']),
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
  {
    number: '11',
    what: `${MINUTES} minutes of everything at once: starts, stops, sleep, kills, hub and proxy restarted`,
    show: () => soakSpawning(MINUTES * 60, SEED),
  },
  benchLine('12', 'speed', 'spawn.ts'),
]);
