import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');
const CLOCK_TICKS_PER_SECOND = 100;
const TOKEN = 'bench';

/** One process that is measured. */
export interface Contender {
  readonly name: string;
  readonly port: number;
  readonly apiPort: number | undefined;
  readonly pid: number;
}

export interface Stage {
  /** Scratch directory; gone never, small always. */
  readonly directory: string;
  /** nginx answering itself: JSON of about 200 bytes at /, /64k, /256m. */
  readonly upstreamPort: number;
  /** A Node process: echoes after a 101, swallows uploads. */
  readonly sinkPort: number;
  readonly contenders: readonly Contender[];
  /** Every process that was started, nginx's workers too. */
  readonly pids: readonly number[];
  close(): void;
}

/** Starts the upstreams, one nginx worker, configurable-http-proxy and our proxy, all on loopback. */
export async function setStage(): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'berth-bench-'));
  const children: ChildProcess[] = [];
  const run = (command: string, args: readonly string[], env: Record<string, string> = {}): number => {
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    children.push(child);
    return child.pid ?? 0;
  };
  writeFileSync(join(directory, '64k'), 'x'.repeat(65_536));
  execFileSync('truncate', ['-s', '256M', join(directory, '256m')]);
  writeFileSync(join(directory, 'upstream.conf'), upstreamConfig(directory));
  writeFileSync(join(directory, 'proxy.conf'), proxyConfig(directory));
  const node = process.execPath;
  const env = { CONFIGPROXY_AUTH_TOKEN: TOKEN };
  const upstream = run('nginx', ['-c', join(directory, 'upstream.conf')]);
  const nginx = run('nginx', ['-c', join(directory, 'proxy.conf')]);
  run(node, [join(import.meta.dirname, 'proxy-echo-server.ts'), '18402']);
  const args = (port: number): string[] => [
    '--ip=127.0.0.1',
    `--port=${port}`,
    '--api-ip=127.0.0.1',
    `--api-port=${port + 1}`,
    '--log-level=error',
  ];
  const chp = run(
    node,
    [join(ROOT, 'node_modules/configurable-http-proxy/bin/configurable-http-proxy'), ...args(18420)],
    env,
  );
  const berth = run(node, [builtProxy(directory), ...args(18430)], env);
  for (const port of [18400, 18402, 18410, 18420, 18421, 18430, 18431]) await listening(port);
  const contenders = [
    { name: 'nginx', port: 18410, apiPort: undefined, pid: workerOf(nginx) },
    { name: 'chp', port: 18420, apiPort: 18421, pid: chp },
    { name: 'berth', port: 18430, apiPort: 18431, pid: berth },
  ];
  for (const { apiPort } of contenders) if (apiPort !== undefined) await addRoutes(apiPort);
  return {
    directory,
    upstreamPort: 18400,
    sinkPort: 18402,
    contenders,
    pids: [...children.map(({ pid }) => pid ?? 0), workerOf(upstream)],
    close: () => {
      for (const child of children) child.kill('SIGTERM');
    },
  };
}

export async function routeCall(
  apiPort: number,
  method: 'POST' | 'DELETE',
  path: string,
  target = '',
): Promise<void> {
  const body =
    method === 'POST' ? { body: JSON.stringify({ target, user: path.split('/')[2], jupyterhub: true }) } : {};
  const response = await fetch(`http://127.0.0.1:${apiPort}/api/routes${path}`, {
    method,
    headers: { authorization: `token ${TOKEN}` },
    ...body,
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
}

/** User and system time of a process, in seconds. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(stat[11]) + Number(stat[12])) / CLOCK_TICKS_PER_SECOND;
}

/** Lets a process's highest memory count from now. */
export function forgetHighest(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Memory of a process in MB: now (proportional) or at its highest (resident). */
export function memoryMb(pid: number, what: 'Pss' | 'VmHWM'): number {
  const file = what === 'Pss' ? 'smaps_rollup' : 'status';
  const line = new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) / 1024;
}

/** The proxy as it is shipped: compiled, not stripped of types at each start. */
function builtProxy(directory: string): string {
  const out = join(directory, 'built');
  mkdirSync(out);
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({
      extends: join(ROOT, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        rootDir: ROOT,
        outDir: out,
        typeRoots: [join(ROOT, 'node_modules/@types')],
      },
      files: [join(ROOT, 'proxy/src/main.ts')],
      include: [],
    }),
  );
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', directory], {
    stdio: 'inherit',
  });
  symlinkSync(join(ROOT, 'node_modules'), join(out, 'node_modules'));
  writeFileSync(join(out, 'package.json'), '{"type":"module","version":"bench"}');
  return join(out, 'proxy/src/main.js');
}

async function addRoutes(apiPort: number): Promise<void> {
  for (let i = 0; i < 200; i += 1) await routeCall(apiPort, 'POST', `/user/u${i}`, 'http://127.0.0.1:18400');
  await routeCall(apiPort, 'POST', '/user/sink', 'http://127.0.0.1:18402');
}

async function listening(port: number): Promise<void> {
  for (let i = 0; i < 100; i += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
    await sleep(100);
  }
  throw new Error(`nothing listens on port ${port}`);
}

const workerOf = (master: number): number =>
  Number(readFileSync(`/proc/${master}/task/${master}/children`, 'utf8').trim().split(' ')[0]);

function common(directory: string, name: string, server: string): string {
  // Started by root, nginx would read the files as another user, who may not enter our scratch directory.
  const user = process.getuid?.() === 0 ? 'user root; ' : '';
  return `${user}worker_processes 1; daemon off; pid ${directory}/${name}.pid; error_log /dev/null;
events { worker_connections 16384; }
http { access_log off; keepalive_requests 100000000; sendfile on; client_max_body_size 0; client_body_temp_path ${directory}/${name}-body; proxy_temp_path ${directory}/${name}-tmp; fastcgi_temp_path ${directory}/f; uwsgi_temp_path ${directory}/u; scgi_temp_path ${directory}/s;
${server} }`;
}

const upstreamConfig = (directory: string): string =>
  common(
    directory,
    'upstream',
    `server { listen 127.0.0.1:18400 backlog=4096;
  location ~ /64k$ { alias ${directory}/64k; default_type text/javascript; }
  location ~ /256m$ { alias ${directory}/256m; default_type application/octet-stream; }
  location / { default_type application/json; return 200 '[{"id":"5a7e","name":"python3","last_activity":"2026-11-21T00:00:00.000000Z","execution_state":"idle","connections":1},{"id":"77fe","name":"python3","last_activity":"2026-11-21T00:00:00.0Z","connections":0}]'; } }`,
  );

const proxyConfig = (directory: string): string =>
  common(
    directory,
    'proxy',
    `map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
upstream notebook { server 127.0.0.1:18400; keepalive 64; }
upstream sink { server 127.0.0.1:18402; keepalive 64; }
server { listen 127.0.0.1:18410 backlog=4096;
  proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $http_host;
  proxy_request_buffering off; proxy_max_temp_file_size 0; proxy_read_timeout 1h;
  location /user/sink { proxy_pass http://sink; }
  location / { proxy_pass http://notebook; } }`,
  );
