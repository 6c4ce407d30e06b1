import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { forgetHighest, memoryMb, type Stage } from './proxy-contenders.ts';
import { claim, ratio, row, say } from './proxy-figures.ts';
import { playRounds } from './proxy-rounds.ts';

const run = promisify(execFile);
const MEGABYTES = 256;

/** One file of 256 MB down and up, one connection, with curl. */
export async function benchBodies(stage: Stage, rounds: number): Promise<void> {
  const file = join(stage.directory, '256m');
  const berth = stage.contenders.find(({ name }) => name === 'berth');
  if (berth !== undefined) forgetHighest(berth.pid);
  for (const [what, to, args] of [
    ['download', 1.1, (port: number) => [`http://127.0.0.1:${port}/user/u7/files/256m`]],
    ['upload', 1, (port: number) => ['-T', file, '-H', 'Expect:', `http://127.0.0.1:${port}/user/sink/file`]],
  ] as const) {
    say(`\n256 MB ${what}, ${rounds} rounds`);
    const figures = await playRounds(stage, rounds, async ({ name, port }) => {
      const options = ['-sS', '-o', '/dev/null', '-w', '%{http_code} %{time_total}'];
      const { stdout } = await run('curl', [...options, ...args(port)]);
      const [status, seconds] = stdout.split(' ');
      if (status !== '200') throw new Error(`${name}: ${stdout}`);
      return { perSecond: MEGABYTES / Number(seconds) };
    });
    row('MB/s', figures('perSecond'));
    row('CPU ms', figures('cpuMs'));
    claim(`${what} MB/s, x configurable-http-proxy`, ratio(figures('perSecond'), 'berth', 'chp'), '>=', to);
    claim(`${what} CPU, x configurable-http-proxy`, ratio(figures('cpuMs'), 'berth', 'chp'), '<=', 1);
  }
  if (berth !== undefined)
    claim('highest resident memory meanwhile, MB', memoryMb(berth.pid, 'VmHWM'), '<=', 120);
}
