import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawPlot, type Plot } from './draw-plot.ts';
import { isFlat } from './drift.ts';
import { conditionRows } from './run-conditions.ts';
import { smoothed } from './smoothed.ts';
import { driftsOf, type SoakRun } from './soak-run.ts';
import type { Sample } from './watch-machine.ts';

const PAGE = join(import.meta.dirname, '../../docs/explanation/long-run.md');
const PICTURES = join(import.meta.dirname, '../../docs/pictures/long-run');
/** Of each line of a plot. */
const MOST_POINTS = 180;

/** Writes the page of the manual and its plots from one run, and from nothing else. */
export function writeLongRun(run: SoakRun): void {
  mkdirSync(PICTURES, { recursive: true });
  for (const [name, plot] of Object.entries(plotsOf(run))) {
    writeFileSync(join(PICTURES, `${name}.svg`), drawPlot(plot));
  }
  writeFileSync(PAGE, pageOf(run));
}

function plotsOf({ samples, store }: SoakRun): Readonly<Record<string, Plot>> {
  const plot = (
    title: string,
    y: string,
    series: readonly (readonly [string, readonly Point[]])[],
  ): Plot => ({
    title,
    x: 'minutes since it began',
    y,
    kind: 'lines',
    series: series.map(([name, points]) => ({
      name,
      points: smoothed(
        points.map(([at, value]) => [at / 60, value] as const),
        MOST_POINTS,
      ),
    })),
  });
  const of = (value: (sample: Sample) => number) =>
    samples.map((sample) => [sample.at, value(sample)] as const);
  return {
    memory: plot('Memory', 'MB', [
      ['hub', of(({ memory }) => memory.hub)],
      ['proxy', of(({ memory }) => memory.proxy)],
    ]),
    descriptors: plot('Open files and connections, timers and handles', 'how many', [
      ['hub, descriptors', of(({ files }) => files.hub)],
      ['proxy, descriptors', of(({ files }) => files.proxy)],
      ['hub, timers and handles', of(({ resources }) => resources)],
    ]),
    store: plot('The store’s file', 'KB', [['berth.json', store]]),
  };
}

type Point = readonly [at: number, value: number];

function pageOf(run: SoakRun): string {
  const { size, conditions: on, starts, acts, failures, lost } = run;
  const rows = driftsOf(run).map((drift) => {
    const { name, level, gained, allowed } = drift;
    return `| ${name} | ${level.toFixed(1)} | ${gained >= 0 ? '+' : ''}${gained.toFixed(1)} | ${allowed.toFixed(1)} | ${isFlat(drift) ? 'flat' : '**climbs**'} |`;
  });
  return `# An hour of coming and going

Written by \`npm run soak:hour\`, figures and plots, from one run on ${on.date} UTC (commit ${on.commit}). Nothing on this
page is typed by hand.

A hub of a lab runs for months, and what is kept by mistake at each start adds up. So ${size.people} people do for ${size.minutes} minutes, without a
pause, what a class does in a term: sign in, start a server, open it, run cells, save, poll, stop the server, sign out, and again.
That came to **${starts} starts and stops** and ${acts} acts on the whole appliance, the notebooks being the small stand-in; ${failures.length === 0 ? 'none failed' : `${failures.length} failed`}, and ${lost.length === 0 ? 'nothing that was acknowledged was lost' : `these were lost: ${lost.join('; ')}`}.

| | |
| --- | --- |
${conditionRows(on)}
| seed | ${size.seed} |

What each figure gained from the end of the first quarter, when all is warm, to the end, on the line that fits best. A tenth of
the level and a little more are allowed for the rhythm of garbage collection.

| figure | level | gained | allowed | |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

![Memory](../pictures/long-run/memory.svg)

![Descriptors, timers and handles](../pictures/long-run/descriptors.svg)

![Size of the store](../pictures/long-run/store.svg)

Other figures under load: [how fast it is](performance.md), [what breaks](faults.md).
`;
}
