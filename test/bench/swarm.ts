import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LookCost, measureLook, measureStore } from './swarm-looks.ts';

// npm run bench:swarm: what 10, 100 and 1,000 machines need of hub and proxy. Written into the page between its marks.
const PAGE = join(import.meta.dirname, '../../docs/explanation/many-machines.md');
const [BEGIN, END] = ['<!-- made by npm run bench:swarm -->', '<!-- end -->'];
const MACHINES = [10, 100, 1000] as const;
const SERVERS_EACH = 10;
const ROUNDS = 10;

/** At the busiest hour: of all servers, so many are open in a browser, which has so much to say. */
const OPEN_SHARE = 0.6;
const OF_A_BROWSER = { webSockets: 2, requests: 0.5, bytes: 20_000 };
/** Of `npm run bench:proxy`: microseconds of a core a request, bytes an idle WebSocket, and of the process alone. */
const OF_PROXY = { requestUs: 49, socketBytes: 7600, aloneMb: 80 };
/** Of `npm run bench:contract`: activity reports a second that fill a core. Servers report every five minutes. */
const ACTIVITY = { fillsACore: 14_000, everySeconds: 300 };
const CULL_EVERY = 60;
/** Of adapters/docker/swarm/watch-swarm.ts. */
const LOOKS = { everyMs: 2000, shareOfTime: 0.25, longestMs: 10_000 };

interface Column {
  readonly machines: number;
  readonly servers: number;
  readonly look: LookCost;
  readonly store: { readonly megabytes: number; readonly changeMs: number };
}

/** `m` was measured on the machine of this run, `c` was calculated, from figures of our other benches too. */
type Mark = 'm' | 'c';

const open = ({ servers }: Column) => servers * OPEN_SHARE;
const pauseMs = ({ look }: Column) =>
  Math.max(LOOKS.everyMs, Math.min(look.wallMs / LOOKS.shareOfTime, LOOKS.longestMs)) + look.wallMs;

const ROWS: readonly (readonly [string, Mark, (column: Column) => string])[] = [
  [`servers, ${SERVERS_EACH} on a machine`, 'c', ({ servers }) => whole(servers)],
  ['proxy: WebSockets', 'c', (column) => whole(open(column) * OF_A_BROWSER.webSockets)],
  [
    'proxy: memory',
    'c',
    (column) =>
      `${whole(OF_PROXY.aloneMb + (open(column) * OF_A_BROWSER.webSockets * OF_PROXY.socketBytes) / 1e6)} MB`,
  ],
  ['proxy: requests a second', 'c', (column) => whole(open(column) * OF_A_BROWSER.requests)],
  [
    'proxy: of one core, for them',
    'c',
    (column) => percent(open(column) * OF_A_BROWSER.requests * OF_PROXY.requestUs * 1e-6),
  ],
  ['proxy: bytes', 'c', (column) => `${whole((open(column) * OF_A_BROWSER.bytes * 8) / 1e6)} Mbit/s`],
  ['hub: what a look at the Swarm reads', 'm', ({ look }) => `${look.megabytes.toFixed(1)} MB`],
  ['hub: of its thread, a look', 'm', ({ look }) => `${whole(look.cpuMs)} ms`],
  [
    'hub: between two looks, when nothing happens',
    'c',
    (column) => `${(pauseMs(column) / 1000).toFixed(1)} s`,
  ],
  ['hub: of one core, for looking', 'c', (column) => percent(column.look.cpuMs / pauseMs(column))],
  ['hub: activity reports a second', 'c', ({ servers }) => (servers / ACTIVITY.everySeconds).toFixed(1)],
  [
    'hub: of one core, for them',
    'c',
    ({ servers }) => percent(servers / ACTIVITY.everySeconds / ACTIVITY.fillsACore),
  ],
  ['hub: servers asked for their kernels, a second', 'c', ({ servers }) => (servers / CULL_EVERY).toFixed(1)],
  ['hub: the store, people and servers alone', 'm', ({ store }) => `${store.megabytes.toFixed(2)} MB`],
  ['hub: a change of the store, until it is on the disk', 'm', ({ store }) => `${whole(store.changeMs)} ms`],
  [
    'overlay: addresses, and the least subnet',
    'c',
    ({ servers }) => `${whole(servers)}, /${subnet(servers)}`,
  ],
];

const whole = (figure: number) => Math.round(figure).toLocaleString('en');
const percent = (share: number) => `${(share * 100).toFixed(share < 0.01 ? 2 : 0)} %`;
/** Each server has an address, and each machine one for its part of the network; three are the network's own. */
const subnet = (servers: number) => 32 - Math.ceil(Math.log2(servers * (1 + 1 / SERVERS_EACH) + 3));

function tableOf(columns: readonly Column[]): string {
  const head = ['', ...columns.map(({ machines }) => `${whole(machines)} machines`), ''];
  const rows = ROWS.map(([what, mark, show]) => [what, ...columns.map(show), mark]);
  const rule = head.map((_, at) => (at === 0 || at === head.length - 1 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const columns: Column[] = [];
for (const machines of MACHINES) {
  const servers = machines * SERVERS_EACH;
  const look = await measureLook(machines, servers, ROUNDS);
  columns.push({ machines, servers, look, store: await measureStore(servers) });
}
const table = tableOf(columns);
console.log(table);
if (process.argv.includes('--write')) {
  const page = await readFile(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${PAGE} has no marks`);
  await writeFile(PAGE, `${before}${BEGIN}\n${table}\n${END}${after}`);
}
