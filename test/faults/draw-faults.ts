import { escaped, plotStyle, stepOf, ticks } from '../load/draw-plot.ts';
import type { FaultRow } from './play-fault.ts';

const WIDTH = 760;
const ROW = 26;
const FRAME = { left: 276, right: 20, top: 62, bottom: 40 } as const;
const LEGEND = ['sign-in and home page away', 'open notebooks away', 'until everybody works again'] as const;

/**
 * Single faults as bars over seconds, from the moment in which each is done: how long it lasts (grey), how long people see
 * it, and when all is as it was. Readable on light and dark pages, without a script.
 */
export function drawFaults(rows: readonly FaultRow[]): string {
  const most = Math.max(...rows.map(({ lasted, healed }) => lasted + healed), 1);
  const step = stepOf(most);
  const end = Math.ceil(most / step) * step;
  const at = (seconds: number) => FRAME.left + (seconds / end) * (WIDTH - FRAME.left - FRAME.right);
  const height = FRAME.top + rows.length * ROW + FRAME.bottom;
  const foot = height - FRAME.bottom;
  const grid = ticks(end, step).map(
    (value) =>
      `<path class="grid" d="M${at(value).toFixed(1)} ${FRAME.top}V${foot}"/><text class="fine" text-anchor="middle" x="${at(value).toFixed(1)}" y="${foot + 18}">${value}</text>`,
  );
  const bars = rows.map((row, index) => {
    const top = FRAME.top + index * ROW;
    const bar = (kind: string, from: number, to: number, y: number, high: number) =>
      to > from
        ? `<rect class="${kind}" x="${at(from).toFixed(1)}" y="${top + y}" width="${(at(to) - at(from)).toFixed(1)}" height="${high}" rx="1"/>`
        : '';
    const pages = Math.max(row.doors['sign-in page'].away, row.doors['home page'].away);
    return [
      `<text class="fine" text-anchor="end" x="${FRAME.left - 10}" y="${top + 16}">${escaped(row.names.join(' and '))}</text>`,
      bar('lasts', 0, row.lasted, 5, 16),
      bar('dot s2', row.lasted, row.lasted + row.healed, 5, 16),
      bar('dot s0', 0, pages, 7, 5),
      bar('dot s1', 0, row.doors.notebook.away, 14, 5),
    ].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="How long each fault lasts, is seen, and takes to heal">
<style>${plotStyle(LEGEND.length)}.lasts{fill:#dcdce2}@media(prefers-color-scheme:dark){.lasts{fill:#3a3a44}}</style>
<rect class="page" width="${WIDTH}" height="${height}"/>
<text class="title" x="16" y="22">What each fault takes away, and for how long</text>
<text class="fine" text-anchor="end" x="${WIDTH - FRAME.right}" y="${height - 6}">seconds since it was done; grey: until it was mended</text>
${legend()}
${grid.join('')}
${bars.join('\n')}
</svg>
`;
}

function legend(): string {
  let left = 16;
  return LEGEND.map((name, index) => {
    const here = left;
    left += 40 + name.length * 7;
    return `<rect class="dot s${index}" x="${here}" y="36" width="14" height="8" rx="2"/><text class="fine" x="${here + 20}" y="44">${name}</text>`;
  }).join('');
}
