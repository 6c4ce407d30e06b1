import { expect, test } from 'vitest';
import { drawPlot, stepOf } from './draw-plot.ts';

test('steps of an axis are round numbers, and neither too many nor too few', () => {
  expect([0.07, 1, 3, 8, 42, 300, 999].map(stepOf)).toEqual([0.01, 0.2, 0.5, 1, 10, 50, 200]);
});

test('the highest point lies within the frame, and words are escaped', () => {
  const svg = drawPlot({
    title: 'a < b & "c"',
    x: 's',
    y: 'MB',
    kind: 'lines',
    series: [
      {
        name: 'hub',
        points: [
          [0, 0],
          [10, 42],
        ],
      },
    ],
  });
  expect(svg).toContain('a &lt; b &amp; &quot;c&quot;');
  const [, line = ''] = /class="line s0" d="M([^"]*)"/.exec(svg) ?? [];
  const heights = line.split('L').map((point) => Number(point.split(' ')[1]));
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(56);
  expect(Math.max(...heights)).toBeLessThanOrEqual(256);
});
