import assert from 'node:assert/strict';
import { request } from 'undici';
import { PASSWORD } from '../people.ts';
import { docker, type Stack } from '../stack.ts';

const WRITES = 1000;
const KILL_AFTER = 300;

/**
 * Kills the hub with SIGKILL in the middle of a thousand accounts being made over the API. Afterwards the
 * store opens, and every account that was acknowledged is there.
 */
export async function killHub(stack: Stack, token: string): Promise<{ acknowledged: number; lost: number }> {
  const acknowledged: string[] = [];
  let killing: Promise<string> | null = null;
  const hub = await stack.container('hub');
  for (let first = 0; first < WRITES; first += 10) {
    const batch = Array.from({ length: 10 }, (_, i) => `write-${first + i}`);
    const results = await Promise.allSettled(batch.map((name) => makeUser(stack, token, name)));
    acknowledged.push(...batch.filter((_, i) => results[i]?.status === 'fulfilled'));
    if (acknowledged.length >= KILL_AFTER) killing ??= docker('kill', '--signal', 'KILL', hub);
    if (killing !== null && results.every(({ status }) => status === 'rejected')) break;
  }
  await killing;
  assert.ok(killing !== null && acknowledged.length >= KILL_AFTER, 'the hub was killed in the middle');
  await stack.compose('up', '-d', 'hub');
  await stack.healthy();
  let lost = 0;
  for (const name of acknowledged) {
    const answer = await api(stack, token, 'GET', `/users/${name}`);
    if (answer.status !== 200) lost += 1;
  }
  assert.equal(lost, 0);
  return { acknowledged: acknowledged.length, lost };
}

async function makeUser(stack: Stack, token: string, name: string): Promise<void> {
  const answer = await api(stack, token, 'POST', `/users/${name}`);
  if (answer.status !== 201) throw new Error(`${answer.status}`);
}

function api(stack: Stack, token: string, method: string, path: string): Promise<Response> {
  return fetch(`${stack.url}/hub/api${path}`, {
    method,
    headers: { authorization: `token ${token}` },
    signal: AbortSignal.timeout(5000),
  });
}

/**
 * A token of an administrator's, made as a script makes one: sign in by form, then ask the API by cookie.
 * Not with `fetch`: it calls itself a page's script, and those get no word for our forms.
 */
export async function tokenOf(stack: Stack, name: string): Promise<string> {
  const jar = new Map<string, string>();
  const ask = async (path: string, headers: Record<string, string> = {}, body?: string) => {
    const cookie = [...jar].map(([key, value]) => `${key}=${value}`).join('; ');
    const method = body === undefined ? 'GET' : 'POST';
    const answer = await request(`${stack.url}${path}`, {
      method,
      headers: { cookie, ...headers },
      body: body ?? null,
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(key, value);
    }
    return { status: answer.statusCode, text: await answer.body.text() };
  };

  await ask('/hub/login');
  const form = new URLSearchParams({ username: name, password: PASSWORD, _xsrf: jar.get('_xsrf') ?? '' });
  const signedIn = await ask(
    '/hub/login',
    { 'content-type': 'application/x-www-form-urlencoded' },
    form.toString(),
  );
  assert.equal(signedIn.status, 302);
  await ask('/hub/home');
  const made = await ask(
    `/hub/api/users/${name}/tokens`,
    { 'content-type': 'application/json', 'x-xsrftoken': jar.get('_xsrf') ?? '' },
    JSON.stringify({ note: 'test' }),
  );
  assert.equal(made.status, 201, made.text);
  const { token } = JSON.parse(made.text) as { token: string };
  return token;
}
