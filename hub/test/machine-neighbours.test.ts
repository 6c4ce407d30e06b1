// What only the machine knows of its kernel comes to the hub by .env, written by set-up.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSettings } from '../src/config/load-settings.ts';

const SETUP = join(import.meta.dirname, '../../compose/setup');
const BOUND = 'kernel/net/ipv4/neigh/default/gc_thresh3';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-machine-'));
  // The hub's user has to come in.
  chmodSync(folder, 0o755);
  for (const each of ['compose', 'secrets']) mkdirSync(join(folder, each));
  mkdirSync(join(folder, BOUND, '..'), { recursive: true });
  cpSync(SETUP, join(folder, 'compose/setup'), { recursive: true });
  for (const each of ['proxy_auth_token', 'cookie_secret', 'crypt_key', 'oauth.env'])
    writeFileSync(join(folder, 'secrets', each), '');
  for (const each of ['.env', 'userlist', 'socket']) writeFileSync(join(folder, each), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What set-up says, and the line that it leaves in .env; undefined when it leaves none. */
function setUp(): { said: string; line: string | undefined } {
  const env = {
    PATH: process.env.PATH,
    DOCKER_HOST: `unix://${join(folder, 'socket')}`,
    PROC_SYS: join(folder, 'kernel'),
  };
  const how = { encoding: 'utf8', stdio: 'pipe', timeout: 30_000, env } as const;
  const said = execFileSync('bash', [join(folder, 'compose/setup/machine.sh')], how);
  const lines = readFileSync(join(folder, '.env'), 'utf8').split('\n');
  return { said, line: lines.find((each) => each.startsWith('MACHINE_NEIGHBOURS=')) };
}

/** What the hub reads there. */
function known(line: string): number | null {
  const loaded = loadSettings({ MACHINE_NEIGHBOURS: line.replace(/^.*=/, '') });
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  return loaded.settings.machineNeighbours;
}

test('the kernel’s bound stands in .env, follows the kernel, and changes nothing when it is the same', () => {
  writeFileSync(join(folder, BOUND), '1024\n');
  expect(setUp().line).toBe('MACHINE_NEIGHBOURS=1024');
  expect(setUp().said).not.toContain('MACHINE_NEIGHBOURS');
  writeFileSync(join(folder, BOUND), '16384\n');
  const { said, line = '' } = setUp();
  expect(said).toContain('MACHINE_NEIGHBOURS=16384');
  expect(known(line)).toBe(16_384);
});

test('where the kernel tells none, none is written', () => {
  expect(setUp().line).toBeUndefined();
});

test.each([null, 'nonsense\n', ''])('a bound of before does not stay when the kernel says %j', (now) => {
  writeFileSync(join(folder, BOUND), '1024\n');
  expect(setUp().line).toBe('MACHINE_NEIGHBOURS=1024');
  if (now === null) rmSync(join(folder, BOUND));
  else writeFileSync(join(folder, BOUND), now);
  const { line = 'none' } = setUp();
  expect(line).toBe('MACHINE_NEIGHBOURS=');
  expect(known(line)).toBeNull();
});
