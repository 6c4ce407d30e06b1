import assert from 'node:assert/strict';
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

/** A token of an administrator's, made as a script makes one: sign in by form, then ask the API by cookie. */
export async function tokenOf(stack: Stack, name: string): Promise<string> {
  const jar = new Map<string, string>();
  const take = (answer: Response): void => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
  };
  const cookie = (): string => [...jar].map(([key, value]) => `${key}=${value}`).join('; ');
  take(await fetch(`${stack.url}/hub/login`));
  const form = new URLSearchParams({ username: name, password: PASSWORD, _xsrf: jar.get('_xsrf') ?? '' });
  const signedIn = await fetch(`${stack.url}/hub/login`, {
    method: 'POST',
    body: form,
    headers: { cookie: cookie() },
    redirect: 'manual',
  });
  assert.equal(signedIn.status, 302);
  take(signedIn);
  take(await fetch(`${stack.url}/hub/home`, { headers: { cookie: cookie() } }));
  const made = await fetch(`${stack.url}/hub/api/users/${name}/tokens`, {
    method: 'POST',
    headers: { cookie: cookie(), 'content-type': 'application/json', 'x-xsrftoken': jar.get('_xsrf') ?? '' },
    body: JSON.stringify({ note: 'test' }),
  });
  assert.equal(made.status, 201, await made.clone().text());
  const { token } = (await made.json()) as { token: string };
  return token;
}
