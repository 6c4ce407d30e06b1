import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cpuSeconds, memoryMb, type Stage } from './proxy-contenders.ts';
import { claim, note, type Rounds, ratio, row, say, shuffled } from './proxy-figures.ts';

const run = promisify(execFile);
const MEGABYTES = 256;

/** One file of 256 MB down and up, one connection, with curl. */
export async function benchBodies(stage: Stage, rounds: number): Promise<void> {
  const file = join(stage.directory, '256m');
  for (const [what, to, args] of [
    ['download', 1.1, (port: number) => [`http://127.0.0.1:${port}/user/u7/files/256m`]],
    ['upload', 1, (port: number) => ['-T', file, '-H', 'Expect:', `http://127.0.0.1:${port}/user/sink/file`]],
  ] as const) {
    say(`\n256 MB ${what}, ${rounds} rounds`);
    const speed: Rounds = new Map();
    const cpu: Rounds = new Map();
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, port, pid } of shuffled(stage.contenders)) {
        const before = cpuSeconds(pid);
        const { stdout } = await run('curl', [
          '-sS',
          '-o',
          '/dev/null',
          '-w',
          '%{http_code} %{time_total}',
          ...args(port),
        ]);
        const [status, seconds] = stdout.split(' ');
        if (status !== '200') throw new Error(`${name}: ${stdout}`);
        note(speed, name, MEGABYTES / Number(seconds));
        note(cpu, name, (cpuSeconds(pid) - before) * 1000);
      }
    }
    row('MB/s', speed);
    row('CPU ms', cpu);
    claim(`${what} MB/s, x configurable-http-proxy`, ratio(speed, 'berth', 'chp'), '>=', to);
    claim(`${what} CPU, x configurable-http-proxy`, ratio(cpu, 'berth', 'chp'), '<=', 1);
  }
  const berth = stage.contenders.find(({ name }) => name === 'berth');
  if (berth !== undefined)
    claim('highest resident memory of the proxy so far, MB', memoryMb(berth.pid, 'VmHWM'), '<=', 120);
}
