import { join } from 'node:path';
import { readCatalogue } from '../../notebook-images/catalogue.ts';
import { type Line, showLines } from './lines.ts';
import { must } from './shell.ts';
import { suite } from './suite.ts';

// Issue "Images and applications", line by line. Images are built under names of this proof, from nothing, and removed at
// the end: whoever works on this machine keeps theirs. KEEP_IMAGES=1 leaves them for another run of single tests.
const ROOT = join(import.meta.dirname, '../..');
const PREFIX = process.env.NOTEBOOK_PREFIX ?? 'berth-proof-images-';
const environment = { NOTEBOOK_PREFIX: PREFIX };
/** Seconds that a build may take in which nothing is built. */
const CACHED_SECONDS = 30;
const HOURS_2 = 7200;

await must(ROOT, ['bash', 'compose/setup/test-tools.sh']);

async function build(more: Readonly<Record<string, string>>): Promise<{ table: string; seconds: number }> {
  const ids = (await readCatalogue()).map(({ id }) => id).join(' ');
  const begun = performance.now();
  const said = await must(
    ROOT,
    ['make', 'build', `IMAGE=${ids}`, ...Object.entries(more).map(([name, value]) => `${name}=${value}`)],
    {
      environment,
      seconds: HOURS_2,
    },
  );
  const table = said.slice(said.lastIndexOf('\nimage ')).trim();
  return { table, seconds: (performance.now() - begun) / 1000 };
}

const tests = (...names: readonly string[]) =>
  suite(
    'images',
    names.map((name) => `test/integration/images/${name}`),
    { environment },
  );

const lines: readonly Line[] = [
  {
    number: '3',
    what: 'make build from nothing, without a registry: sizes and times',
    show: async () => {
      const { table, seconds } = await build({ FRESH: '1' });
      return `${table}\n${seconds.toFixed(0)} s in all`;
    },
  },
  {
    number: '3b',
    what: 'the second build comes from the cache',
    show: async () => {
      const { table, seconds } = await build({});
      if (/ built$/m.test(table)) throw new Error(`something was built again:\n${table}`);
      if (seconds > CACHED_SECONDS) throw new Error(`it took ${seconds.toFixed(1)} s`);
      return `${seconds.toFixed(1)} s`;
    },
  },
  {
    number: '3c',
    what: 'builds at the same time leave each other alone; what cannot be had is left out and said so',
    show: () => tests('build'),
  },
  {
    number: '1',
    what: 'in a browser, through nginx under a path: JupyterLab, classic, scientific Python, root, a repository by a link',
    show: () => tests('jupyter'),
  },
  { number: '1b', what: 'every kernel of multi-kernel runs a cell', show: () => tests('kernels') },
  {
    number: '1c',
    what: 'VS Code: folder, editing, terminal; Flask on 127.0.0.1:5000 in it; a WebSocket app; a plain Jupyter server',
    show: () => tests('applications'),
  },
  {
    number: '2',
    what: 'nobody else gets in: another user, nobody, a forged, expired or foreign cookie, a neighbour',
    show: () => suite('integration', ['test/integration/web']),
  },
  {
    number: '2b',
    what: 'any port of a running server',
    show: () => suite('integration', ['test/integration/ports']),
  },
  {
    number: '2c',
    what: 'shared with somebody, a group, everybody; for a time; taken back',
    show: () => suite('long', ['test/integration/sharing']),
  },
  { number: '4', what: 'every command of "Bring your own image"', show: () => tests('guide') },
];

try {
  await showLines('Images and applications', lines);
} finally {
  if (process.env.KEEP_IMAGES === undefined) {
    // By name: one that others are built on goes when those have gone.
    const format = '{{.Repository}}:{{.Tag}}';
    const found = await must(ROOT, ['docker', 'image', 'ls', '--format', format, `${PREFIX}*`]);
    if (found !== '') await must(ROOT, ['docker', 'image', 'rm', ...found.split('\n')]);
  }
}
