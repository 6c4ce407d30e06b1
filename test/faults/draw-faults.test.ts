import { expect, test } from 'vitest';
import { drawFaults } from './draw-faults.ts';
import type { FaultRow } from './play-fault.ts';

const WELL = { away: 0, codes: { 200: 9 }, words: [] };
const row = (name: string, lasted: number, healed: number, away: number): FaultRow => ({
  names: [name],
  what: '',
  mended: '',
  lasted,
  doors: { 'sign-in page': WELL, 'home page': { ...WELL, away }, notebook: WELL },
  newcomer: { outcome: 'started', words: '' },
  script: {},
  scriptWords: [],
  failed: {},
  done: 1,
  cut: 0,
  healed,
  kept: 1,
  complaints: [],
});

test('bars are as long as their seconds on one scale, and what was never away has none', () => {
  const svg = drawFaults([row('a < b', 10, 5, 4), row('c', 20, 0, 0)]);
  const widths = (kind: string) =>
    [...svg.matchAll(new RegExp(`class="${kind}" x="[\\d.]+" y="\\d+" width="([\\d.]+)"`, 'g'))].map(
      ([, width]) => Number(width),
    );
  const [ten = 0, twenty = 0] = widths('lasts');
  expect(twenty / ten).toBeCloseTo(2, 1);
  expect(widths('dot s0').filter((width) => width !== 14)).toEqual([expect.closeTo(ten * 0.4, 0)]);
  expect(widths('dot s2').filter((width) => width !== 14)).toEqual([expect.closeTo(ten * 0.5, 0)]);
  expect(svg).toContain('a &lt; b');
});
