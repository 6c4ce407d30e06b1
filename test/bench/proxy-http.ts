import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cpuSeconds, type Stage } from './proxy-contenders.ts';
import { claim, type Rounds, ratio, row, say } from './proxy-figures.ts';
import { playRounds } from './proxy-rounds.ts';

const run = promisify(execFile);

// What a browser with an open JupyterLab sends.
const BROWSER = [
  'Cookie: _xsrf=2|a3f1c2d4|0f2d7c1b6a5e4d3c2b1a|1763712000; jupyterhub-session-id=0b9d2c4e6f8a4b6c8d0e; jupyterhub-user-u7=2|1:0|10:1763712000|19:jupyterhub-user-u7|44:TUZ0c2lnbmVkdG9rZW4=|c0ffee',
  'Accept: application/json',
  'Accept-Encoding: gzip, deflate, br',
  'Accept-Language: en-GB,en;q=0.9',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Referer: http://127.0.0.1/user/u7/lab/tree/work/analysis.ipynb',
  'Sec-Fetch-Mode: cors',
  'Sec-Fetch-Site: same-origin',
  'X-XSRFToken: 2|a3f1c2d4|0f2d7c1b6a5e4d3c2b1a|1763712000',
];

interface Wrk {
  perSecond: number;
  p50: number;
  p99: number;
  requests: number;
  failures: number;
}

async function wrk(port: number, path: string, connections: number, seconds: number): Promise<Wrk> {
  const args = [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--latency',
    ...BROWSER.flatMap((header) => ['-H', header]),
    `http://127.0.0.1:${port}${path}`,
  ];
  const { stdout } = await run('wrk', args);
  const latency = (name: string): number => {
    const [, value, unit] = new RegExp(`${name}%\\s+([\\d.]+)(us|ms|s)`).exec(stdout) ?? [];
    return Number(value) * (unit === 'us' ? 0.001 : unit === 's' ? 1000 : 1);
  };
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    p50: latency('50'),
    p99: latency('99'),
    requests: Number(/(\d+) requests in/.exec(stdout)?.[1]),
    failures: Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0),
  };
}

async function measure(
  stage: Stage,
  path: string,
  connections: number,
  rounds: number,
  seconds: number,
): Promise<(figure: string) => Rounds> {
  for (const { port } of stage.contenders) await wrk(port, path, connections, 1);
  return playRounds(stage, rounds, async ({ name, port, pid }) => {
    const before = cpuSeconds(pid);
    const { failures, requests, ...shot } = await wrk(port, path, connections, seconds);
    if (failures > 0) throw new Error(`${name}: ${failures} failed requests`);
    return { ...shot, cpuEach: ((cpuSeconds(pid) - before) * 1e6) / requests };
  });
}

export async function benchSmallReplies(stage: Stage, rounds: number, seconds: number): Promise<void> {
  say(`\nSmall replies, 64 connections, ${rounds} rounds of ${seconds} s`);
  const busy = await measure(stage, '/user/u7/api/kernels?1763712000', 64, rounds, seconds);
  row('requests/s', busy('perSecond'));
  row('CPU µs/request', busy('cpuEach'), 1);
  row('% of one processor', busy('cpu'), 0, 100);
  claim('requests/s, x configurable-http-proxy', ratio(busy('perSecond'), 'berth', 'chp'), '>=', 3);
  claim('requests/s, x one nginx worker', ratio(busy('perSecond'), 'berth', 'nginx'), '>=', 0.45);
  claim('CPU per request, x configurable-http-proxy', ratio(busy('cpuEach'), 'berth', 'chp'), '<=', 0.35);

  say(`\nSmall replies, 4 connections, ${rounds} rounds of ${seconds} s`);
  const calm = await measure(stage, '/user/u7/api/kernels?1763712000', 4, rounds, seconds);
  row('p50 ms', calm('p50'), 3);
  row('p99 ms', calm('p99'), 3);
  claim('p99, x configurable-http-proxy', ratio(calm('p99'), 'berth', 'chp'), '<=', 0.5);
  claim('p50, x nginx', ratio(calm('p50'), 'berth', 'nginx'), '<=', 2);
}

export async function benchAssets(stage: Stage, rounds: number, seconds: number): Promise<void> {
  say(`\n64 KB assets, 32 connections, ${rounds} rounds of ${seconds} s`);
  const figures = await measure(stage, '/user/u7/static/64k', 32, rounds, seconds);
  row('requests/s', figures('perSecond'));
  row('CPU µs/request', figures('cpuEach'), 1);
  row('% of one processor', figures('cpu'), 0, 100);
  claim('64 KB assets/s, x configurable-http-proxy', ratio(figures('perSecond'), 'berth', 'chp'), '>=', 2.5);
}
