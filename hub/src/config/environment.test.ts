import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEnvironment } from './environment.ts';

test('files like .env stand behind the environment, the later one before the earlier one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'berth-environment-'));
  const [first, second] = [join(folder, 'env'), join(folder, 'oauth.env')];
  writeFileSync(first, 'CULL_TIMEOUT=60 # seconds\nGITHUB_CLIENT_ID=\nSPAWNER=docker\n');
  writeFileSync(second, '# of the provider\nGITHUB_CLIENT_ID="abc#def"\n');
  const own = { SPAWNER: 'swarm', BERTH_ENV_FILES: `${first}:${second}` };
  expect(readEnvironment(own)).toEqual({ ...own, CULL_TIMEOUT: '60', GITHUB_CLIENT_ID: 'abc#def' });
  rmSync(folder, { recursive: true });
});

test('a file that is not there is an error, for the settings in it would be missing', () => {
  expect(() => readEnvironment({ BERTH_ENV_FILES: '/nowhere/env' })).toThrow('ENOENT');
});

test('without such files it is the environment', () => {
  expect(readEnvironment({ A: '1' })).toEqual({ A: '1' });
});
