import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadRun } from './class-load.ts';
import { drawPlot, type Plot } from './draw-plot.ts';
import { conditionRows } from './run-conditions.ts';
import { quantile } from './tally.ts';
import type { Sample } from './watch-machine.ts';

const PAGE = join(import.meta.dirname, '../../docs/explanation/performance.md');
const PICTURES = join(import.meta.dirname, '../../docs/pictures/performance');

/** Writes the page of the manual and its plots from one run, and from nothing else. */
export function writePerformance(run: LoadRun): void {
  mkdirSync(PICTURES, { recursive: true });
  for (const [name, plot] of Object.entries(plotsOf(run))) {
    writeFileSync(join(PICTURES, `${name}.svg`), drawPlot(plot));
  }
  writeFileSync(PAGE, pageOf(run));
}

function plotsOf({ samples, starts }: LoadRun): Readonly<Record<string, Plot>> {
  const line = (name: string, of: (sample: Sample) => number | null) => ({
    name,
    points: samples.flatMap((sample): (readonly [number, number])[] => {
      const value = of(sample);
      return value === null ? [] : [[sample.at, value]];
    }),
  });
  const x = 'seconds since the first one came';
  return {
    starts: {
      title: 'From the press of Start to the open server',
      x,
      y: 'seconds of waiting',
      kind: 'dots',
      series: [{ name: 'one person’s start', points: starts.map(({ at, took }) => [at, took] as const) }],
    },
    processor: {
      title: 'Processor time',
      x,
      y: 'cores',
      kind: 'lines',
      series: [
        line('engine and notebooks', engineOf),
        line('hub', ({ cpu }) => cpu.hub),
        line('proxy', ({ cpu }) => cpu.proxy),
        line('the class itself', ({ cpu }) => cpu.generator),
      ],
    },
    memory: {
      title: 'Memory',
      x,
      y: 'MB',
      kind: 'lines',
      series: [
        line('hub', ({ memory }) => memory.hub),
        line('proxy', ({ memory }) => memory.proxy),
        line('the hub’s objects alone', ({ heap }) => heap),
      ],
    },
    files: {
      title: 'Open files and connections',
      x,
      y: 'descriptors',
      kind: 'lines',
      series: [line('hub', ({ files }) => files.hub), line('proxy', ({ files }) => files.proxy)],
    },
    loop: {
      title: 'How late the hub’s event loop comes round',
      x,
      y: 'milliseconds, mean of two seconds',
      kind: 'lines',
      series: [line('hub', ({ loopDelay }) => loopDelay)],
    },
  };
}

function pageOf(run: LoadRun): string {
  const { size, conditions: on, samples, acts, starts } = run;
  const rows = acts.map(({ act, done, failed, p50, p95, p99, most }) => {
    const why = Object.entries(failed).map(([code, times]) => `${code} ×${times}`);
    const numbers = [p50, p95, p99, most].map((value) => (value === null ? '–' : seconds(value)));
    return `| ${[act, done, why.join(', ') || 'none', ...numbers].join(' | ')} |`;
  });
  const waits = starts.map(({ took }) => took * 1000).toSorted((a, b) => a - b);
  const share = (of: (sample: Sample) => number) =>
    (samples.reduce((sum, sample) => sum + of(sample), 0) / Math.max(1, samples.length)).toFixed(2);
  const highest = (of: (sample: Sample) => number | null) =>
    Math.max(...samples.map((sample) => of(sample) ?? 0)).toFixed(0);
  return `# How fast it is

Written by \`npm run bench:load\`, figures and plots, from one run on ${on.date} UTC (commit ${on.commit}). Nothing on this
page is typed by hand; on another machine the numbers are others.

${size.people} people come to a lecture within ${size.minutes} minutes, most of them in the first two fifths of it. Each signs in,
presses Start, opens the notebook, makes a kernel, runs cells and saves a file, keeps the tab open (which asks the server every
ten seconds), and half of them sign out; after ${size.minutes + size.more} minutes it is over. Genuine JupyterLabs among
them: ${size.labs}. The others have a small stand-in that speaks the same contract with the hub; one test holds both to the
same lines. Nobody's password is hashed: with passwords of the hub's own each sign-in takes about 0.2 s of a core more, two at
a time. Hub, proxy and engine are the whole appliance${on.front === 'none' ? '' : `, behind ${on.front} with TLS`}.

| | |
| --- | --- |
${conditionRows(on)}
| the class itself | on the same cores: ${share(({ cpu }) => cpu.generator)} of a core on average, which hub and engine did not have |
| entries of the kernel’s table of neighbours | ${run.neighbours} |
| seed | ${size.seed} |

## What people met

Seconds. “Most” is the longest of all; what failed is counted by its HTTP status or the network's code.

| act | done | failed | p50 | p95 | p99 | most |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

${run.served} of the ${size.people} ran cells. ${run.saves} saves were acknowledged; afterwards ${run.lost.length === 0 ? 'every one of them was there' : `these were missing: ${run.lost.join('; ')}`}.

![Waiting time of each start](../pictures/performance/starts.svg)

Half of them waited ${seconds(quantile(waits, 0.5) ?? 0)} s or less, one in twenty more than ${seconds(quantile(waits, 0.95) ?? 0)} s. The
hub lets twice as many servers start at once as the machine has cores; the others stand in a line and are told their
place ([decision 0018](../decisions/0018-how-starts-are-measured-and-proved.md) shows why that is quicker for all).

## What it took

![Processor time](../pictures/performance/processor.svg)

On average the hub used ${share(({ cpu }) => cpu.hub)} of a core, the proxy ${share(({ cpu }) => cpu.proxy)}, engine and notebooks
${share(engineOf)} (all containers of the machine, whosever they are).

![Memory](../pictures/performance/memory.svg)

At most ${highest(({ memory }) => memory.hub)} MB for the hub and ${highest(({ memory }) => memory.proxy)} MB for the proxy.

![Open files and connections](../pictures/performance/files.svg)

![Delay of the hub's event loop](../pictures/performance/loop.svg)

In the worst two seconds the hub's event loop came round ${highest(({ loopDelay }) => loopDelay)} ms late on average.

## What else is measured

Ratios, each between contenders that take turns on the same machine; each command prints its figures and falls short when
one of them is missed.

| command | what |
| --- | --- |
| \`npm run bench:proxy\` | the proxy beside configurable-http-proxy and nginx: requests, WebSockets, uploads, routes, memory |
| \`npm run bench:contract\` | the REST API beside JupyterHub, with up to 10,000 people |
| \`npm run bench:spawn\` | a start beside the engine alone, many at once, waking up, a hub's return to 300 servers |
| \`npm run faults\` | how long what is away, when something breaks: [what breaks](faults.md) |
| \`npm run soak:hour\` | whether memory, descriptors and the store stay as they are [over an hour of coming and going](long-run.md) |
`;
}

/** A process of the engine that ends takes what it had used along: two seconds with such an end would count below nothing. */
const engineOf = ({ cpu }: Sample): number => Math.max(0, cpu.engine);

const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 1_000 ? 3 : ms < 10_000 ? 2 : 1);
