// Set-up reads .env with the shell, before there is an image of the hub: it must refuse nothing that the hub takes.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runConfigCommand } from '../src/cli/config-commands.ts';

const SETUP = join(import.meta.dirname, '../../compose/setup');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-env-'));
  mkdirSync(join(folder, 'compose'));
  mkdirSync(join(folder, 'secrets'));
  writeFileSync(join(folder, 'secrets/oauth.env'), '');
  cpSync(SETUP, join(folder, 'compose/setup'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

function setUpTakes(text: string): boolean {
  writeFileSync(join(folder, '.env'), text);
  try {
    const how = {
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: 30_000,
      env: { PATH: process.env.PATH },
    } as const;
    execFileSync('bash', [join(folder, 'compose/setup/check-env.sh')], how);
    return true;
  } catch {
    return false;
  }
}

function hubTakes(text: string): boolean {
  writeFileSync(join(folder, '.env'), text);
  const words = ['check', '--env-file', join(folder, '.env')];
  return runConfigCommand(words, { CONFIG_FILE: join(folder, 'config.yaml') }).code === 0;
}

describe('what the hub takes set-up takes', () => {
  test.each([
    'MEM_LIMIT=2GB',
    'MEM_LIMIT=2 Gi',
    'MEM_LIMIT=None',
    'MEM_LIMIT=1.5g',
    'MEM_LIMIT="2G" # two',
    'MEM_LIMIT=2G # two',
    "MEM_LIMIT='2G'",
    '  MEM_LIMIT = 2G  ',
    '\uFEFFMEM_LIMIT=2G\r\n# a remark\r\nCPU_LIMIT=.5\r\n',
    'CPU_LIMIT=1e1',
    'CULL_TIMEOUT=3600.5',
    'BASE_URL=jhub',
    'BASE_URL=/jhub',
    'BASE_URL=/a/b/',
    'PUBLIC_URL=HTTPS://hub.example',
    'DOCKER_NOTEBOOK_DIR=~/assignments',
    'DOCKER_NOTEBOOK_DIR=/home/jovyan/work',
    'JUPYTERHUB_ADMIN=alice,bob',
    'SOMETHING_ELSE=a=b=c',
    'MEM_LIMIT=',
  ])('%j', (text) => {
    expect(hubTakes(`${text}\n`), 'the hub').toBe(true);
    expect(setUpTakes(`${text}\n`), 'set-up').toBe(true);
  });
});

describe('what set-up refuses the hub refuses too', () => {
  test.each([
    'MEM_LIMIT=lots',
    'CPU_LIMIT=two',
    'CULL_TIMEOUT=1h',
    'JUPYTERHUB_PORT=80800',
    'PUBLIC_URL=hub.example',
    'BASE_URL=/my lab/',
    'MEM_LIMIT="2G',
    'MEM_LIMIT 2G',
    'MEM LIMIT=2G',
    'export MEM_LIMIT=2G',
    'MEM_LIMIT=1G\nMEM_LIMIT=2G',
    'GITHUB_CLIENT_ID=Iv1.abc',
  ])('%j', (text) => {
    expect(setUpTakes(`${text}\n`), 'set-up').toBe(false);
    expect(hubTakes(`${text}\n`), 'the hub').toBe(false);
  });
});
