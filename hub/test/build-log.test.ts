// Long commands of set-up write into a log, which has an end.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SETUP = join(import.meta.dirname, '../../compose/setup');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Code of the command, and the cause that set-up finds in its log. */
function logged(command: string): string {
  const script = `. ${SETUP}/run-logged.sh; code=0; run_logged build 60 bash -c '${command}' || code=$?; echo "$code $(why build)"`;
  const env = { PATH: process.env.PATH, BUILD_DIR: folder, LOG_MOST_MB: '1' };
  return execFileSync('bash', ['-c', script], { encoding: 'utf8', timeout: 30_000, env }).trim();
}

test('a build that repeats itself without end is ended, and the reason is told', () => {
  // As fast as apt was: more than a megabyte a second, and not the disk's speed.
  const line = 'Tried to start delayed item again and again and again';
  expect(logged(`while :; do for i in {1..2000}; do echo "${line}"; done; sleep 0.05; done`)).toBe(
    '143 endless',
  );
  expect(statSync(join(folder, 'build.log')).size).toBeLessThan(64 * 1024 * 1024);
});

test('so it is when the build has last words of its own', () => {
  const loop =
    'while :; do for i in {1..2000}; do echo "again and again and again and again"; done; sleep 0.05; done';
  expect(logged(`trap "sleep 1; echo context canceled; exit 1" TERM; ${loop}`)).toBe('1 endless');
});

test('one that ends says its own code, and what stands in its log', () => {
  expect(logged('echo "Temporary failure resolving deb.debian.org"; exit 7')).toBe('7 network');
});
