import { join } from 'node:path';
import { type Line, showLines } from './lines.ts';
import { must } from './shell.ts';
import { suite } from './suite.ts';

// Issue "More than one machine", line by line, on real engines: each lab is two of them on this machine, each in a network
// namespace of its own, joined to a Swarm. Needs root, and removes all that it makes.
const ROOT = join(import.meta.dirname, '../..');

await must(ROOT, ['bash', 'compose/setup/test-tools.sh']);

const swarm = (...names: readonly string[]) =>
  suite(
    'long',
    names.map((name) => `test/integration/swarm/${name}.test.ts`),
  );

const lines: readonly Line[] = [
  {
    number: '1',
    what: 'two engines on this machine are a Swarm with an overlay; one loses its power and comes back; nothing is left of them',
    show: () => swarm('lab'),
  },
  {
    number: '2',
    what: 'as a newcomer: a fresh clone, the commands of the how-to page, servers on both machines, kernels through the proxy across them, a hub that starts again and drops no connection, an update that does not get well, make down and up; fifty servers spread',
    show: () => suite('long', ['test/integration/swarm/stack.test.ts'], { figure: /^(50 servers in .*)$/m }),
  },
  {
    number: '3',
    what: 'one contract, kept by Docker and by a Swarm; the faults of SwarmSpawner, each by name',
    show: () => suite('integration', ['test/integration/engines']),
  },
  {
    number: '4',
    what: 'people return to the machine that holds their files; with files that move, anywhere',
    show: () => swarm('affinity'),
  },
  {
    number: '5',
    what: 'a machine dies: what its people see, what comes back elsewhere, what waits for its return',
    show: () => swarm('node-loss'),
  },
  {
    number: '6',
    what: 'a machine is emptied: its people are told, their servers move or stop, and it comes back',
    show: () => swarm('drain'),
  },
  {
    number: '7',
    what: 'no machine has room: the start waits and says why; an image or a path that no machine has: refused at once, with the reason',
    show: () => swarm('no-room', 'refused'),
  },
  { number: '8', what: 'images reach the machines, with a report for each', show: () => swarm('pre-pull') },
  {
    number: '9',
    what: 'what a Swarm cannot is greyed out on the pages with a sentence, and refused by the API',
    show: () => swarm('abilities'),
  },
  {
    number: '10',
    what: 'what 10, 100 and 1,000 machines need of hub and proxy (m measured now, c calculated)',
    show: () => must(ROOT, [process.execPath, 'test/bench/swarm.ts'], { seconds: 600 }),
  },
  {
    number: '11',
    what: 'power, cable, drain, pause and a manager that begins anew, as the engine tells them: nothing is said to run that does not, nor to have died that lives',
    show: () => suite('long', ['test/integration/engines/swarm-loss.test.ts']),
  },
];

await showLines('More than one machine', lines);
