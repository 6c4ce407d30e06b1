import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { request } from 'undici';
import { SHARED, type Side } from './side.ts';

const run = promisify(execFile);
const IMAGE = 'berth-conformance-jupyterhub';

/** How many accounts with a token each it shall have from the start, and how many of them a running server. */
interface Crowd {
  readonly users: number;
  readonly running: number;
}

/** The real JupyterHub 5.2.1 in a container of its own; its image is built if it is not there. */
export async function startJupyterHub(crowd?: Crowd): Promise<Side> {
  const here = join(import.meta.dirname, 'jupyterhub');
  await run('docker', ['build', '-q', '-t', IMAGE, here], { timeout: 800_000 });
  const { stdout } = await run('docker', [
    ...['run', '--detach', '--rm', '--label', 'org.berth.test=conformance'],
    ...['--env', `CONFORMANCE=${JSON.stringify(SHARED)}`],
    ...(crowd === undefined ? [] : ['--env', `CROWD=${JSON.stringify(crowd)}`]),
    IMAGE,
  ]);
  const id = stdout.trim();
  const close = async () => void (await run('docker', ['rm', '--force', id]));
  try {
    if (crowd !== undefined) await favour(id);
    const { stdout: address } = await run('docker', [
      'inspect',
      '--format',
      '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}',
      id,
    ]);
    const url = `http://${address.trim()}:8081`;
    await waitFor(`${url}/hub/api`, crowd === undefined ? 120_000 : 300_000);
    if (crowd !== undefined) await waitForServers(url, crowd.running);
    return { url, close, signIn: (name) => signIn(url, name) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As much of the machine as the bench has taken for itself: what it starts inherits that, containers do not. */
async function favour(id: string): Promise<void> {
  const { stdout } = await run('docker', ['inspect', '--format', '{{.State.Pid}}', id]);
  const [pid, priority] = [Number(stdout), getPriority()];
  if (priority >= 0) return;
  setPriority(pid, priority);
  const session = `/proc/${pid}/autogroup`;
  if (existsSync(session)) writeFileSync(session, String(priority));
}

async function waitFor(url: string, ms: number): Promise<void> {
  const deadline = Date.now() + ms;
  while (Date.now() < deadline) {
    const asked = request(url, { signal: AbortSignal.timeout(2000) }).then(async ({ statusCode, body }) => {
      await body.dump();
      return statusCode;
    });
    // Not listening yet.
    if ((await asked.catch(() => 599)) === 200) return;
    await sleep(250);
  }
  throw new Error(`${url} did not come up`);
}

/** It looks at each of its servers once before it calls them ready. */
async function waitForServers(url: string, running: number): Promise<void> {
  const deadline = Date.now() + 120_000;
  const headers = {
    authorization: `token ${SHARED.services[0].api_token}`,
    accept: 'application/jupyterhub-pagination+json',
  };
  while (Date.now() < deadline) {
    const { body } = await request(`${url}/hub/api/users?state=ready&limit=1`, { headers });
    const { _pagination } = (await body.json()) as { _pagination: { total: number } };
    if (_pagination.total === running) return;
    await sleep(500);
  }
  throw new Error(`${url} did not find its ${running} servers`);
}

async function signIn(url: string, username: string): Promise<{ cookie: string; xsrf: string }> {
  const form = await request(`${url}/hub/login`);
  await form.body.dump();
  const before = cookiesOf(form.headers['set-cookie']);
  const fields = new URLSearchParams({ username, password: 'x', _xsrf: before.get('_xsrf') ?? '' });
  const answer = await request(`${url}/hub/login?next=%2Fhub%2Ftoken`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: headerOf(before) },
    body: fields.toString(),
  });
  await answer.body.dump();
  const after = new Map([...before, ...cookiesOf(answer.headers['set-cookie'])]);
  const page = await request(`${url}/hub/token`, { headers: { cookie: headerOf(after) } });
  await page.body.dump();
  const all = new Map([...after, ...cookiesOf(page.headers['set-cookie'])]);
  return { cookie: headerOf(all), xsrf: all.get('_xsrf') ?? '' };
}

function cookiesOf(lines: string | string[] | undefined): Map<string, string> {
  return new Map(
    [lines ?? []].flat().map((line) => {
      const pair = line.split(';')[0] ?? '';
      const cut = pair.indexOf('=');
      return [pair.slice(0, cut), pair.slice(cut + 1)] as const;
    }),
  );
}

function headerOf(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}
