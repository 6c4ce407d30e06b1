import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tokenOf } from './contract-data.ts';

const run = promisify(execFile);

export interface Figure {
  /** Answers a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p99: number;
}

interface Call {
  readonly name: string;
  readonly path: string;
  readonly token: string;
  /** How wrk makes the next request, in Lua, when it is more than a GET. */
  readonly next?: string;
}

/** The calls that the issue names. An activity moves forward each time, as notebooks report it. */
export const CALLS: readonly Call[] = [
  { name: 'GET /user', path: '/user', token: tokenOf('user7') },
  {
    name: 'POST …/activity',
    path: '/users/user7/activity',
    token: tokenOf('user7'),
    next: `
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local sent = 0
request = function()
  sent = sent + 1
  local second = os.date("!%Y-%m-%dT%H:%M:%S")
  return wrk.format(nil, nil, nil, string.format('{"last_activity":"%s.%06dZ"}', second, sent % 1000000))
end`,
  },
  { name: 'GET /users?limit=50', path: '/users?limit=50', token: tokenOf('mary') },
];

/** wrk's figures for so many seconds over 16 connections. @throws Error when an answer was none of 200. */
export async function load(url: string, call: Call, seconds: number): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-load-'));
  const script = join(folder, 'call.lua');
  writeFileSync(
    script,
    `${call.next ?? ''}
wrk.headers["Authorization"] = "token ${call.token}"
done = function(s, l, r)
  local failed = s.errors.status + s.errors.connect + s.errors.read + s.errors.timeout
  io.write(string.format("%.3f %.3f %d\\n", s.requests / (s.duration / 1e6), l:percentile(99) / 1000, failed))
end
`,
  );
  try {
    const args = ['-t1', '-c16', `-d${seconds}s`, '-s', script, `${url}/hub/api${call.path}`];
    const { stdout } = await run('wrk', args, { timeout: (seconds + 60) * 1000 });
    const [rate = 0, p99 = 0, failed = 1] = (stdout.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    if (failed > 0) throw new Error(`${url} ${call.name}: ${failed} calls failed`);
    return { rate, p99 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
