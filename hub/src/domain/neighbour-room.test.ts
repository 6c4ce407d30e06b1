import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBlocks } from '../../../test/manual/shell-blocks.ts';
import { neighbourFinding } from './neighbour-room.ts';

const PAGE = join(import.meta.dirname, '../../../docs/how-to/profiles-and-room.md');
const FILE = '/etc/sysctl.d/60-berth.conf';

/** What the command that the doctor says would write. */
function written(next: string): string {
  const [, command = ''] =
    /^On the machine: (printf .*?) \| sudo tee \/etc\/sysctl\.d\/60-berth\.conf && /.exec(next) ?? [];
  return execFileSync('bash', ['-euc', command], { encoding: 'utf8', timeout: 10_000 });
}

const bounds = (...entries: readonly number[]) =>
  entries.map((each, index) => `net.ipv4.neigh.default.gc_thresh${index + 1}=${each}\n`).join('');

test('nobody is warned of a bound that nobody has told', () => {
  expect(neighbourFinding(null, 5000)).toMatchObject({
    level: 'ok',
    says: expect.stringMatching(/^Not known: /),
  });
});

test.each([
  [1024, 0, 'ok'],
  [1024, 204, 'ok'],
  [1024, 205, 'warn'],
  [16_384, 3276, 'ok'],
  [16_384, 3277, 'warn'],
] as const)('%d entries and %d servers: %s, five entries a server', (bound, servers, level) => {
  expect(neighbourFinding(bound, servers).level).toBe(level);
});

test('the warning says how many servers it is enough for, what happens beyond, and both ways out', () => {
  const { says, next } = neighbourFinding(1024, 300);
  expect(says).toMatch(
    /1024 neighbours: enough for 204 servers at once, and 300 may run\. .*packets are dropped.*503/,
  );
  expect(next).toMatch(/sudo sysctl --system; then make up\. Or set ACTIVE_SERVER_LIMIT to 204 or less\.$/);
  expect(written(next)).toBe(bounds(4096, 8192, 16_384));
});

test('for more servers than the usual bounds hold, higher ones are told, and they are enough', () => {
  const { next } = neighbourFinding(16_384, 10_000);
  expect(written(next)).toBe(bounds(16_384, 32_768, 65_536));
  expect(neighbourFinding(65_536, 10_000).level).toBe('ok');
});

test('no limit is advised that would be no limit', () => {
  expect(neighbourFinding(4, 1).next).not.toContain('ACTIVE_SERVER_LIMIT');
});

test('the manual writes the lines that the doctor says', () => {
  const block = readBlocks(readFileSync(PAGE, 'utf8')).find(({ text }) => text.includes(FILE));
  const [writing = ''] = block?.text.split(` | sudo tee ${FILE}\n`) ?? [];
  const said = execFileSync('bash', ['-euc', writing], { encoding: 'utf8', timeout: 10_000 });
  expect(said).toBe(written(neighbourFinding(1024, 300).next));
});
