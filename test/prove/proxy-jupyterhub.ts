import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { request } from 'undici';
import { WebSocket } from 'ws';
import { container, hasAnswered } from './proxy-container.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const TOKEN = 'prove-proxy-token';
/** Debian trixie's jupyterhub 5.2.1, JupyterLab and a kernel: the default notebook image has them all. */
const IMAGE = process.env.DOCKER_NOTEBOOK_IMAGE ?? 'berth-notebook-minimal';

const CONFIG = `
c = get_config()
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.bind_url = "http://0.0.0.0:8000"
c.JupyterHub.cleanup_servers = True
c.JupyterHub.last_activity_interval = 5
c.Spawner.start_timeout = 90
c.Spawner.http_timeout = 90
c.Authenticator.allow_all = True
c.ConfigurableHTTPProxy.command = ["/berth/node_modules/node/bin/node", "/berth/proxy/src/main.ts"]
c.JupyterHub.services = [{"name": "prove", "api_token": "${TOKEN}"}]
c.JupyterHub.load_roles = [{"name": "prove", "services": ["prove"], "scopes": ["admin:users", "admin:servers", "access:servers", "list:users", "proxy"]}]
`;

export interface RealHub {
  readonly url: string;
  log(): Promise<string>;
  close(): Promise<void>;
}

/** A real JupyterHub in a container, whose own proxy is ours: it starts it with its own command line. */
export async function startRealHub(): Promise<RealHub> {
  const directory = mkdtempSync(join(tmpdir(), 'berth-jupyterhub-'));
  const config = join(directory, 'jupyterhub_config.py');
  writeFileSync(config, CONFIG, { mode: 0o644 });
  await run('chmod', ['755', directory]);
  const { address, log, close } = await container(
    ...['--workdir', '/tmp', '--env', 'HOME=/home/jovyan'],
    ...['--volume', `${ROOT}:/berth:ro`, '--volume', `${config}:/etc/jupyterhub_config.py:ro`],
    ...['--entrypoint', 'jupyterhub', IMAGE, '--config', '/etc/jupyterhub_config.py'],
  );
  const url = `http://${address}:8000`;
  try {
    await hasAnswered(`${url}/hub/api/`, 60_000);
  } catch (error) {
    const said = await log();
    await close();
    throw new Error(`${error}\n${said}`);
  }
  return { url, log, close };
}

/** Sign-in, start, kernel, stop through `url`, which leads to the hub. Returns what was seen. */
export async function useHub(hubUrl: string, url: string, name: string): Promise<string> {
  await signIn(url, name);
  const started = performance.now();
  await api(url, 'POST', `/users/${name}/server`);
  const events = await followProgress(url, name);
  await waitForState(url, name, true);
  const startSeconds = (performance.now() - started) / 1000;
  const lab = await fetch(`${url}/user/${name}/lab`, { headers: { authorization: `token ${TOKEN}` } });
  const page = await lab.text();
  if (!lab.ok || !page.includes('jupyter-config-data')) throw new Error(`JupyterLab's page: ${lab.status}`);
  const output = await runCell(url, name, 'print(6*7)');
  if (output.trim() !== '42') throw new Error(`the cell printed ${JSON.stringify(output)}`);
  const routes = JSON.stringify(await (await api(hubUrl, 'GET', '/proxy')).json());
  if (!routes.includes(`/user/${name}/`)) throw new Error(`no route: ${routes}`);
  await api(url, 'DELETE', `/users/${name}/server`);
  await waitForState(url, name, false);
  const after = await fetch(`${url}/user/${name}/api/status`, {
    headers: { authorization: `token ${TOKEN}`, accept: 'application/json' },
    redirect: 'manual',
  });
  await after.body?.cancel();
  if (after.ok) throw new Error('the stopped server still answers');
  return `started in ${startSeconds.toFixed(1)} s (${events} progress events as a stream), JupyterLab's page, a cell printed 42, stopped`;
}

// Not fetch: it says Sec-Fetch-Mode: cors, and JupyterHub gives its _xsrf cookie to navigations only.
async function signIn(url: string, name: string): Promise<void> {
  const form = await request(`${url}/hub/login`);
  await form.body.dump();
  const cookies = [form.headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';', 1)[0] ?? '');
  const xsrf = cookies.find((cookie) => cookie.startsWith('_xsrf='))?.slice('_xsrf='.length) ?? '';
  const answer = await request(`${url}/hub/login?next=%2Fhub%2Ftoken`, {
    method: 'POST',
    headers: { cookie: cookies.join('; '), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ username: name, password: 'x', _xsrf: xsrf }).toString(),
  });
  await answer.body.dump();
  if (answer.statusCode !== 302 || answer.headers.location !== '/hub/token') {
    throw new Error(`sign-in: ${answer.statusCode} to ${answer.headers.location}`);
  }
}

async function api(url: string, method: string, path: string): Promise<Response> {
  const response = await fetch(`${url}/hub/api${path}`, {
    method,
    headers: { authorization: `token ${TOKEN}` },
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response;
}

/** Reads the start's stream of events to its end. Returns how many came. */
async function followProgress(url: string, name: string): Promise<number> {
  const headers = { authorization: `token ${TOKEN}` };
  const response = await fetch(`${url}/hub/api/users/${name}/server/progress`, {
    headers,
    signal: AbortSignal.timeout(90_000),
  });
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true)
    throw new Error(`progress: ${response.status}`);
  const events = (await response.text()).match(/^data: .*$/gm) ?? [];
  if (events.at(-1)?.includes('"ready": true') !== true)
    throw new Error(`progress ended with ${events.at(-1)}`);
  return events.length;
}

async function waitForState(url: string, name: string, running: boolean): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (Date.now() < deadline) {
    const user: unknown = await (await api(url, 'GET', `/users/${name}`)).json();
    const server = typeof user === 'object' && user !== null && 'server' in user ? user.server : undefined;
    const pending = typeof user === 'object' && user !== null && 'pending' in user ? user.pending : undefined;
    if (pending === null && (server !== null) === running) return;
    await sleep(500);
  }
  throw new Error(`${name}'s server did not ${running ? 'start' : 'stop'} in time`);
}

/** Starts a kernel, runs code on its WebSocket, and gives back what it printed. */
async function runCell(url: string, name: string, code: string): Promise<string> {
  const headers = { authorization: `token ${TOKEN}` };
  const started = await fetch(`${url}/user/${name}/api/kernels`, {
    method: 'POST',
    headers,
    body: '{"name":"python3"}',
  });
  const kernel: unknown = await started.json();
  if (typeof kernel !== 'object' || kernel === null || !('id' in kernel))
    throw new Error(`no kernel: ${started.status}`);
  const socket = new WebSocket(
    `${url.replace('http', 'ws')}/user/${name}/api/kernels/${kernel.id}/channels`,
    { headers },
  );
  await once(socket, 'open', { signal: AbortSignal.timeout(30_000) });
  const id = randomUUID();
  let printed = '';
  const done = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.parent_header?.msg_id !== id) return;
      if (message.msg_type === 'stream') printed += message.content.text;
      if (message.msg_type === 'status' && message.content.execution_state === 'idle') resolve();
    });
  });
  const header = {
    msg_id: id,
    username: name,
    session: randomUUID(),
    msg_type: 'execute_request',
    version: '5.3',
    date: new Date().toISOString(),
  };
  const content = { code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false };
  socket.send(
    JSON.stringify({ header, parent_header: {}, metadata: {}, content, channel: 'shell', buffers: [] }),
  );
  await Promise.race([done, sleep(60_000).then(() => Promise.reject(new Error('the cell did not end')))]);
  socket.close();
  return printed;
}
