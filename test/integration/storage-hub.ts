import { Readable } from 'node:stream';
import { request } from 'undici';
import { type ApiReply, RunningHub, type RunningHubOptions } from './running-hub.ts';
import { answering, IMAGE } from './spawn-house.ts';

/** A profile whose servers are a small web server: starts in a moment. */
export const SMALL = {
  display_name: 'Small',
  default: true,
  kubespawner_override: { image: IMAGE, cmd: [...answering], mem_limit: '96M' },
};

export const WORK = '/home/jovyan/work';

/** A hub with small servers. */
export function openStorageHub({ settings = {} }: RunningHubOptions = {}): Promise<RunningHub> {
  return RunningHub.open({
    settings: {
      CULL_ENABLED: 'false',
      // Machines of tests are busy; what is proved here is not how fast they are.
      START_TIMEOUT: '300',
      DOCKER_NOTEBOOK_IMAGE: IMAGE,
      DOCKER_NOTEBOOK_DIR: WORK,
      KEEPER_IMAGE: IMAGE,
      PRE_PULL_AT_START: 'false',
      PROFILES: JSON.stringify([SMALL]),
      ...settings,
    },
  });
}

/** Runs a script in somebody's container; what it wrote. */
export async function inside(hub: RunningHub, script: string, user = hub.alice): Promise<string> {
  const container = await hub.container(user);
  if (container === null) throw new Error(`${user} has no container`);
  const exec = await hub.dock.docker.getContainer(container.Id).exec({
    Cmd: ['sh', '-c', script],
    AttachStdout: true,
    AttachStderr: true,
    Tty: true,
  });
  const stream = await exec.start({ Tty: true });
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text.trim();
}

/** A token of somebody's own, with all that they may do. */
export async function tokenOfUser(hub: RunningHub, user: string): Promise<string> {
  const { json } = await hub.api('POST', `/users/${user}/tokens`, { note: 'test' });
  const token = (json as { token?: unknown }).token;
  if (typeof token !== 'string') throw new Error(JSON.stringify(json));
  return token;
}

export async function stopped(hub: RunningHub, user = hub.alice): Promise<void> {
  await hub.api('DELETE', `/users/${user}/server`);
  for (let look = 0; look < 300; look += 1) {
    if ((await hub.container(user)) === null && (await hub.server(user))?.stopped === true) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${user}’s server does not stop`);
}

/** Bytes of an answer that is no JSON. */
export async function download(
  hub: RunningHub,
  path: string,
  token: string,
): Promise<{ status: number; bytes: Buffer }> {
  const answer = await request(`${hub.pagesUrl}/hub/api${path}`, {
    headers: { authorization: `token ${token}` },
  });
  return { status: answer.statusCode, bytes: Buffer.from(await answer.body.arrayBuffer()) };
}

export async function upload(
  hub: RunningHub,
  path: string,
  bytes: Buffer | AsyncIterable<Uint8Array>,
  token: string,
): Promise<ApiReply> {
  const answer = await request(`${hub.pagesUrl}/hub/api${path}`, {
    method: 'PUT',
    headers: { authorization: `token ${token}`, 'content-type': 'application/x-tar' },
    body: Buffer.isBuffer(bytes) ? bytes : Readable.from(bytes),
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, json: text === '' ? undefined : JSON.parse(text) };
}
