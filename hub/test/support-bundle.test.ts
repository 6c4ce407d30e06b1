// What `berth support-bundle` sends: planted secrets must not be in it, wherever they stand.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const BERTH = join(import.meta.dirname, '../src/berth.ts');
/** Words that nothing but a secret is made of, and that look like none. */
const SECRETS = {
  client: 'green-harbour',
  oauth: 'blue "quoted" anchor',
  cookie: 'plainword',
  dummy: 'wooden pier',
  service: 'rusty-chain',
  keys: 'first-rope',
  more: 'second-rope',
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-bundle-'));
  for (const name of ['project/secrets', 'project/config.d', 'bundle'])
    mkdirSync(join(folder, name), { recursive: true });
  const put = (path: string, text: string) => writeFileSync(join(folder, 'project', path), text);
  put(
    '.env',
    `GITHUB_CLIENT_SECRET=${SECRETS.client}\nJUPYTERHUB_CRYPT_KEY=${SECRETS.keys};${SECRETS.more}\nMEM_LIMIT=2G\n`,
  );
  put('secrets/oauth.env', `OAUTH_CLIENT_SECRET='${SECRETS.oauth}'\n`);
  put('secrets/cookie_secret', `${SECRETS.cookie}\n`);
  put('config.yaml', `hub:\n  config:\n    DummyAuthenticator:\n      password: ${SECRETS.dummy}\n`);
  put('config.d/10.yaml', `hub:\n  services:\n    grader:\n      apiToken: ${SECRETS.service}\n`);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('every planted secret is gone, in each form; what is none stays', () => {
  const log = Object.values(SECRETS).flatMap((word) => [
    `it said ${word} aloud`,
    JSON.stringify({ msg: word }),
    `GET /x?y=${encodeURIComponent(word)}`,
  ]);
  const path = join(folder, 'bundle/log-hub.txt');
  writeFileSync(path, [...log, 'MEM_LIMIT is 2G', 'Authorization: token 1a2b3c'].join('\n'));
  execFileSync(process.execPath, [BERTH, 'mask', join(folder, 'project'), join(folder, 'bundle')]);
  const masked = readFileSync(path, 'utf8');
  for (const word of [...Object.values(SECRETS), '1a2b3c']) expect(masked).not.toContain(word);
  expect(masked).toContain('MEM_LIMIT is 2G');
  expect(masked).toContain('it said ******** aloud');
});

test('a project without secrets is no fault', () => {
  rmSync(join(folder, 'project'), { recursive: true });
  writeFileSync(join(folder, 'bundle/a.txt'), 'nothing to hide');
  execFileSync(process.execPath, [BERTH, 'mask', join(folder, 'project'), join(folder, 'bundle')]);
  expect(readFileSync(join(folder, 'bundle/a.txt'), 'utf8')).toBe('nothing to hide');
});
