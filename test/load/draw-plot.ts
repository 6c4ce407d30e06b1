export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Plot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly kind: 'lines' | 'dots';
  readonly series: readonly Series[];
}

const [WIDTH, HEIGHT] = [760, 300];
const FRAME = { left: 56, right: 16, top: 56, bottom: 44 } as const;
/** Okabe and Ito's colours, told apart by everybody; darker ones on white, lighter ones on black. */
const COLOURS = [
  ['#0060a0', '#56b4e9'],
  ['#b34700', '#ff9f5a'],
  ['#00735c', '#3fd0ac'],
  ['#8f3a78', '#e59ccb'],
] as const;

/** A plot as an SVG file: readable on light and dark pages, without a script. */
export function drawPlot({ title, x, y, kind, series }: Plot): string {
  const all = series.flatMap(({ points }) => points);
  const [mostX, mostY] = [0, 1].map((axis) => Math.max(...all.map((point) => point[axis] ?? 0), 1e-9)) as [
    number,
    number,
  ];
  const [stepX, stepY] = [stepOf(mostX), stepOf(mostY)];
  const [endX, endY] = [Math.ceil(mostX / stepX) * stepX, Math.ceil(mostY / stepY) * stepY];
  const atX = (value: number) => FRAME.left + (value / endX) * (WIDTH - FRAME.left - FRAME.right);
  const atY = (value: number) => HEIGHT - FRAME.bottom - (value / endY) * (HEIGHT - FRAME.top - FRAME.bottom);
  const grid = ticks(endY, stepY).map(
    (value) =>
      `<path class="grid" d="M${FRAME.left} ${atY(value).toFixed(1)}H${WIDTH - FRAME.right}"/><text class="fine" text-anchor="end" x="${FRAME.left - 8}" y="${(atY(value) + 4).toFixed(1)}">${value}</text>`,
  );
  const feet = ticks(endX, stepX).map(
    (value) =>
      `<text class="fine" text-anchor="middle" x="${atX(value).toFixed(1)}" y="${HEIGHT - FRAME.bottom + 18}">${value}</text>`,
  );
  const drawn = series.map(({ points }, index) => {
    const at = points.map(([px, py]) => [atX(px).toFixed(1), atY(py).toFixed(1)] as const);
    if (kind === 'lines')
      return `<path class="line s${index}" d="M${at.map((pair) => pair.join(' ')).join('L')}"/>`;
    return at.map(([cx, cy]) => `<circle class="dot s${index}" cx="${cx}" cy="${cy}" r="2.5"/>`).join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">
<style>${plotStyle(series.length)}</style>
<rect class="page" width="${WIDTH}" height="${HEIGHT}"/>
<text class="title" x="${FRAME.left}" y="22">${escaped(title)}</text>
${legend(series)}
${grid.join('')}
${feet.join('')}
<text class="fine" text-anchor="end" x="${WIDTH - FRAME.right}" y="${HEIGHT - 8}">${escaped(x)}</text>
<text class="fine" text-anchor="end" x="${WIDTH - FRAME.right}" y="22">${escaped(y)}</text>
${drawn.join('\n')}
</svg>
`;
}

/** 1, 2 or 5 times a power of ten, four to nine of which reach the top. */
export function stepOf(most: number): number {
  const ten = 10 ** Math.floor(Math.log10(most / 4));
  return (
    [1, 2, 5, 10].map((times) => Number((times * ten).toPrecision(1))).find((step) => most / step <= 8) ?? ten
  );
}

/** From 0 to the end, by steps. */
export function ticks(end: number, step: number): readonly number[] {
  return Array.from({ length: Math.round(end / step) + 1 }, (_, index) =>
    Number((index * step).toPrecision(6)),
  );
}

function legend(series: readonly Series[]): string {
  let left: number = FRAME.left;
  return series
    .map(({ name }, index) => {
      const here = left;
      left += 30 + name.length * 7;
      return `<rect class="dot s${index}" x="${here}" y="34" width="12" height="4" rx="2"/><text class="fine" x="${here + 18}" y="40">${escaped(name)}</text>`;
    })
    .join('');
}

/** For light and dark pages: `title`, `fine` words, the `page`, a `grid`, and `line`s and `dot`s of `s0` to so many. */
export function plotStyle(count: number): string {
  const colours = (shade: 0 | 1) =>
    COLOURS.slice(0, count)
      .map((pair, index) => `.line.s${index}{stroke:${pair[shade]}}.dot.s${index}{fill:${pair[shade]}}`)
      .join('');
  const plain =
    'text{font-family:system-ui,sans-serif}.title{font-size:15px;font-weight:600}.fine{font-size:12px}';
  const light = `.page{fill:#fff}.title{fill:#1b1b1f}.fine{fill:#55555f}.grid{stroke:#e3e3e8;fill:none}`;
  const dark = `.page{fill:#16161a}.title{fill:#f0f0f4}.fine{fill:#b4b4be}.grid{stroke:#33333b}`;
  return `${plain}${light}.line{fill:none;stroke-width:1.8;stroke-linejoin:round}.dot{fill-opacity:.75}${colours(0)}@media(prefers-color-scheme:dark){${dark}${colours(1)}}`;
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
