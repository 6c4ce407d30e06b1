import { amount } from '../amounts.ts';
import { clock } from '../format.ts';
import type { Messages } from '../messages/en.ts';
import type { ChartLine, ChartProps } from '../usage-props.ts';
import { pathOf } from './spark.tsx';
import { When } from './when.tsx';

const WIDTH = 720;
const HEIGHT = 160;
/** Rows of the table: as many as somebody listens to. */
const ROWS = 12;

/** Lines over time, drawn by the server: named whole for who cannot see it, and as a table for who wants numbers. */
export function Chart({
  t,
  now,
  chart,
  title,
}: {
  t: Messages;
  now: number;
  chart: ChartProps;
  title: string;
}) {
  const top = topOf(chart);
  // What is in use stands for the whole; promises are told of in the legend.
  const main = chart.lines.find(({ look }) => look === 'used') ?? chart.lines[0];
  if (main === undefined) return null;
  const say = (value: number) => amount(t, chart.unit, value);
  const { last, mean, most } = figuresOf(main);
  return (
    <figure class="card chart">
      <figcaption class="chart-head">
        <h2>{title}</h2>
        <span class="numbers quiet">
          {last === null ? null : chart.limit === null ? say(last) : t.usage.of(say(last), say(chart.limit))}
        </span>
      </figcaption>
      <div class="chart-frame">
        <span class="chart-top quiet numbers" aria-hidden="true">
          {say(top)}
        </span>
        <svg
          class="chart-plot"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t.usage.chart(title, say(last ?? 0), say(mean), say(most))}
        >
          <path class="chart-grid" d={`M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT - 0.5}H${WIDTH}M0 .5H${WIDTH}`} />
          {chart.limit === null || chart.limit > top ? null : (
            <path class="chart-limit" d={`M0 ${yOf(chart.limit, top)}H${WIDTH}`} />
          )}
          {chart.lines.map(({ look, points }) => (
            <path
              key={look}
              class={`chart-line chart-${look}`}
              d={pathOf(points, top, { width: WIDTH, height: HEIGHT })}
            />
          ))}
        </svg>
        <div class="chart-times quiet numbers" aria-hidden="true">
          <Time t={t} at={chart.times[0]} />
          <Time t={t} at={chart.times[Math.floor(chart.times.length / 2)]} />
          <Time t={t} at={now} />
        </div>
      </div>
      {chart.lines.length === 1 ? null : <Legend t={t} chart={chart} />}
      <Table t={t} chart={chart} title={title} />
    </figure>
  );
}

function Time({ t, at }: { t: Messages; at: number | undefined }) {
  return at === undefined ? null : <When t={t} at={at} now={at} as="clock" />;
}

function Legend({ t, chart }: { t: Messages; chart: ChartProps }) {
  return (
    <ul class="chart-legend">
      {chart.lines.map((line) => {
        const { last } = figuresOf(line);
        return (
          <li key={line.look}>
            <span class={`swatch swatch-${line.look}`} aria-hidden="true" />
            {t.usage.lines[line.look]}{' '}
            <span class="numbers quiet">{last === null ? '' : amount(t, chart.unit, last)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Table({ t, chart, title }: { t: Messages; chart: ChartProps; title: string }) {
  const say = (value: number | null | undefined) => (value == null ? '–' : amount(t, chart.unit, value));
  return (
    <details class="log">
      <summary>{t.usage.table}</summary>
      <table class="figures">
        <caption class="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.usage.at}</th>
            {chart.lines.map(({ look }) => (
              <th key={look} scope="col">
                {chart.lines.length === 1 ? t.usage.mean : t.usage.lines[look]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stretchesOf(chart.times.length).map(([from, to]) => (
            <tr key={to}>
              <th scope="row">{clock(t, chart.times[to - 1] ?? 0)}</th>
              {chart.lines.map(({ look, points }) => (
                <td key={look} class="numbers">
                  {say(meanOf(points.slice(from, to)))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** The points in equal parts, the latest first. */
function stretchesOf(points: number): readonly (readonly [number, number])[] {
  const rows = Math.min(ROWS, points);
  const edge = (row: number) => Math.round((row * points) / rows);
  return Array.from({ length: rows }, (_, row) => [edge(row), edge(row + 1)] as const).reverse();
}

function figuresOf({ points }: ChartLine): { last: number | null; mean: number; most: number } {
  const known = points.filter((value): value is number => value !== null);
  return { last: known.at(-1) ?? null, mean: meanOf(known) ?? 0, most: Math.max(0, ...known) };
}

function meanOf(points: readonly (number | null)[]): number | null {
  const known = points.filter((value): value is number => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Where the limit is near enough to be drawn, it is the top; else what was most, with some air above. */
function topOf({ lines, limit, unit }: ChartProps): number {
  const most = Math.max(...lines.map((line) => figuresOf(line).most));
  if (limit !== null && (most > limit / 8 || lines.length > 1)) return Math.max(limit, most);
  return Math.max(most * 1.25, unit === 'bytes' ? 64 * 2 ** 20 : unit === 'cores' ? 0.1 : 1);
}

function yOf(value: number, top: number): number {
  return Math.max(0.5, HEIGHT - 1 - (value / top) * (HEIGHT - 2));
}
