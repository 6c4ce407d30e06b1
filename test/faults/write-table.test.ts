import { expect, test } from 'vitest';
import { mergeRuns } from './play-all.ts';
import type { FaultRow } from './play-fault.ts';
import { writeTable } from './write-table.ts';

const WELL = { away: 0, codes: { 200: 9 }, words: [] };
const ROW: FaultRow = {
  names: ['hub killed'],
  what: 'SIGKILL to the hub',
  mended: 'by itself',
  lasted: 5,
  doors: {
    'sign-in page': { away: 3.4, codes: { 200: 5, 503: 4 }, words: ['Back in a moment | soon'] },
    'home page': WELL,
    notebook: WELL,
  },
  newcomer: { outcome: 'started', words: '' },
  script: { 201: 3 },
  scriptWords: [],
  failed: { 'save a file: 500': 2 },
  done: 80,
  cut: 0,
  healed: 6.2,
  kept: 40,
  complaints: [],
};
const run = (rows: readonly FaultRow[]) =>
  writeTable({ date: '2026-11-22', cores: 2, people: 10, engine: '20.10', rows });

test('a row tells what was seen, for how long, and that nothing is lost', () => {
  const page = run([ROW]);
  expect(page).toContain(
    '| hub killed | away for 3 s: “Back in a moment \\| soon” | go on; no WebSocket closed; 2 saves refused |',
  );
  expect(page).toContain('| is served | after 6 s | nothing of 40 |');
  expect(page).not.toContain('Not as it should be');
  expect(page).not.toContain('Two at once');
});

test('what was lost, and what was not as it should be, stands in the page', () => {
  const page = run([{ ...ROW, complaints: ["ana's file: save 3 was acknowledged, 2 is there"] }]);
  expect(page).toContain('**see below**');
  expect(page).toContain("- hub killed: ana's file: save 3 was acknowledged, 2 is there");
});

test('a fault that is played again takes the place of its row, and the others stay', () => {
  const of = (names: readonly string[], healed: number) => ({ ...ROW, names, healed });
  const frame = { date: '2026-11-22', cores: 2, people: 10, engine: '20.10' };
  const earlier = { ...frame, rows: [of(['a'], 1), of(['b'], 1), of(['a', 'b'], 1)] };
  const merged = mergeRuns(earlier, { ...frame, rows: [of(['b'], 2)] });
  expect(merged.rows.map(({ names, healed }) => [names.join('+'), healed])).toEqual([
    ['a', 1],
    ['a+b', 1],
    ['b', 2],
  ]);
  expect(mergeRuns(null, earlier)).toEqual(earlier);
});

test('pairs have a table of their own', () => {
  const page = run([ROW, { ...ROW, names: ['hub killed', 'slow disk'] }]);
  expect(page).toContain('## Two at once');
  expect(page).toContain('| hub killed and slow disk | 5 s | after 6 s | nothing of 40 |');
});

test('who has to sign in again is told from who is away', () => {
  const notebook = { away: 30, codes: { 200: 3, '200 at /hub/login?next=%2F': 9 }, words: ['Sign in'] };
  const page = run([{ ...ROW, doors: { ...ROW.doors, notebook } }]);
  expect(page).toContain(
    'open pages go on, no WebSocket closed; who loads one signs in again; 2 saves refused',
  );
});
