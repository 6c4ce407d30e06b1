import type { SparkProps } from '../usage-props.ts';

const WIDTH = 72;
const HEIGHT = 22;

/** Decoration beside a number: how it was in the last hour. */
export function Spark({ points, top }: SparkProps) {
  return (
    <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      <path class="spark-base" d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
      <path class="spark-line" d={pathOf(points, top, { width: WIDTH, height: HEIGHT })} />
    </svg>
  );
}

interface Frame {
  readonly width: number;
  readonly height: number;
}

/** A line through what was measured, broken where nothing was. Whole and half units: small, and the same for the same. */
export function pathOf(points: readonly (number | null)[], top: number, { width, height }: Frame): string {
  const step = width / Math.max(1, points.length - 1);
  const high = top > 0 ? top : 1;
  let path = '';
  let drawing = false;
  for (const [index, value] of points.entries()) {
    if (value === null) {
      drawing = false;
      continue;
    }
    const x = round(index * step);
    const y = round(height - 1 - (Math.min(value, high) / high) * (height - 2));
    // A point alone is drawn too, as a dot of the line's width.
    path += drawing ? `L${x} ${y}` : `M${x} ${y}h.5`;
    drawing = true;
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 2) / 2;
}
