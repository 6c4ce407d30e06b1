import { soakSpawning } from '../soak/soak-spawning.ts';
import { benchLine } from './bench-line.ts';
import { showLines } from './lines.ts';
import { suite } from './suite.ts';

// Issue "Spawning", bullet by bullet, on the real engine.

const MINUTES = Number(process.env.SOAK_MINUTES ?? 30);
const SEED = Number(process.env.SOAK_SEED ?? Math.floor(Math.random() * 1e6));

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
  {
    number: '2b',
    what: 'shared folders of groups; quota told and refused, and a hard one refused in the engine’s words where its disk cannot (no XFS with pquota at hand: that it holds is the kernel’s part)',
    show: () => suite('integration', ['test/integration/storage-sharing']),
  },
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
    what: 'volumes listed, backed up, restored, deleted, by whose they are, and never under a server',
    show: () =>
      suite('integration', [
        'test/integration/storage-volumes',
        'test/integration/storage-restore-cut',
        'test/integration/storage-pages',
      ]),
  },
  {
    number: '7a',
    what: 'the culler: kernels, terminals, traffic, the processor as second witness and the kernel itself as third, with the genuine jupyterhub-singleuser',
    show: () =>
      suite('integration', [
        'test/integration/cull.test',
        'test/integration/cull-computing',
        'test/integration/cull-waiting',
      ]),
  },
  {
    number: '7b',
    what: 'max_age, times of a group and of a profile, keeping, the dry run, a class started by its schedule, with the genuine jupyterhub-singleuser',
    show: () => suite('long', ['test/integration/cull-policies', 'test/integration/storage-schedules']),
  },
  {
    number: '7c',
    what: 'sleep: variables, uploads, downloads, busy kernels, open pages, restarts, races, another proxy; wake at a keystroke',
    show: async () =>
      `${await suite('integration', ['test/integration/freeze'])}; ${await suite('long', ['test/integration/cull-asleep'])}`,
  },
  {
    number: '7d',
    what: 'warning and keeping on the home page without scripts, both rules of activity',
    show: () => suite('unit', ['cull-policy', 'pages/keep.test', 'hold-and-wake', 'proxy/test/activity']),
  },
  {
    number: '8',
    what: 'schedules: time zones, missed ticks, who is left alone, who is not stopped, faults with their line',
    show: () => suite('unit', ['run-schedules', 'end-class', 'read-schedules', 'cron.test']),
  },
  {
    number: '9',
    what: 'save my environment: no secret in the image, a profile for whom it may be; a foreign ENTRYPOINT as root starts',
    show: () => suite('integration', ['test/integration/storage-environments']),
  },
  {
    number: '10',
    what: 'images fetched ahead, checked against a registry, said to be here or not',
    show: () => suite('integration', ['test/integration/storage-images']),
  },
  {
    number: '11',
    what: `${MINUTES} minutes of everything at once: starts, stops, kills, hub and proxy restarted`,
    show: () => soakSpawning(MINUTES * 60, SEED),
  },
  benchLine('12', 'speed', 'spawn.ts'),
]);
