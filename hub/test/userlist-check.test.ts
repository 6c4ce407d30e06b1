// Set-up reads the userlist with the shell, before there is a hub: it must not refuse what the hub takes, nor the reverse.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readUserlist } from '../src/domain/userlist.ts';

const SETUP = join(import.meta.dirname, '../../compose/setup');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-userlist-'));
  mkdirSync(join(folder, 'compose'));
  cpSync(SETUP, join(folder, 'compose/setup'), { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

/** How many set-up counts, or null when it refuses. */
function counted(text: string): { people: number; admins: number } | null {
  writeFileSync(join(folder, 'userlist'), text);
  try {
    const said = execFileSync('bash', [join(folder, 'compose/setup/check-userlist.sh')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    });
    const [, people, admins] = /userlist: (\d+) named, (\d+) of them/.exec(said) ?? [];
    return { people: Number(people), admins: Number(admins) };
  } catch {
    return null;
  }
}

test.each([
  'alice admin\nbob\nfoo-bar\n',
  'alice admin',
  '',
  '\n \n',
  '# nobody yet\n',
  'Alice ADMIN\n',
  'alice boss\nbob admin now\n',
  '\uFEFFalice admin\r\nbob\r\n',
  '  carol   # a remark\n\tdan\tadmin#x\n',
  '../etc\n',
  'a..b\n',
  '.hidden\n',
  'dot.\n',
  'mary smith\n',
  'jo@uni.edu admin\n',
  `${'a'.repeat(64)}\n`,
  `${'a'.repeat(65)}\n`,
  'ålice\n',
  '\u212Aelvin\n',
  '$(id)\n',
  "'; rm -rf /\n",
  '*\n',
  'a\\nb\n',
  'good\nbad/name\n',
  'twice\nTwice admin\ntwice\n',
])('%j is taken or refused by both', (text) => {
  const { list } = readUserlist(text);
  const expected =
    list === null ? null : { people: list.size, admins: [...list.values()].filter((admin) => admin).length };
  expect(counted(text)).toEqual(expected);
});
