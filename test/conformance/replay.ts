import { request } from 'undici';
import type { Side } from './side.ts';
import { SHARED } from './side.ts';
import type { Step } from './step.ts';

/** What of an answer is compared: names of this very run are replaced by what they are. */
export interface Said {
  readonly status: number;
  readonly type: string;
  readonly version: boolean;
  readonly location: string | null;
  readonly json: unknown;
}

/** Sends one step after the other; answers what each was told. */
export async function replay(
  side: Side,
  steps: readonly Step[],
  words: Map<string, string>,
): Promise<readonly Said[]> {
  const cookies = new Map<string, Awaited<ReturnType<Side['signIn']>>>();
  const said: Said[] = [];
  for (const step of steps) {
    const headers: Record<string, string> = { ...step.headers };
    if (step.as.startsWith('cookie:')) {
      const name = step.as.slice('cookie:'.length);
      const session = cookies.get(name) ?? (await side.signIn(name));
      cookies.set(name, session);
      headers.cookie = session.cookie;
    } else if (step.as === 'stranger') headers.authorization = 'token nonsense';
    else if (step.as !== 'nobody') headers.authorization = `token ${tokenOf(step.as, words)}`;
    said.push(await send(side, step, headers, words));
  }
  return said;
}

function tokenOf(name: string, words: ReadonlyMap<string, string>): string {
  const token = words.get(name) ?? SHARED.services.find((service) => service.name === name)?.api_token;
  if (token === undefined) throw new Error(`there is no token of ${name}`);
  return token;
}

async function send(
  side: Side,
  step: Step,
  headers: Record<string, string>,
  words: Map<string, string>,
): Promise<Said> {
  const fill = (text: string): string =>
    text.replace(/\{([\w-]+)\}/g, (_, name) => words.get(name) ?? `no-${name}`);
  let body: string | null = step.raw ?? null;
  if (step.body !== undefined) body = JSON.stringify(step.body);
  if (step.form !== undefined) {
    const fields = Object.entries(step.form).map(([key, value]) => [key, fill(value)]);
    body = new URLSearchParams(fields).toString();
    headers['content-type'] = 'application/x-www-form-urlencoded';
  }
  const answer = await request(`${side.url}/hub/api${fill(step.path)}`, {
    method: step.method as 'GET',
    headers,
    body,
    bodyTimeout: 20_000,
  });
  const text = await answer.body.text();
  const location = answer.headers.location;
  const json = parse(text);
  if (step.save !== undefined) words.set(step.save[0], wordOf(step.save[1], json, String(location ?? '')));
  const type = String(answer.headers['content-type'] ?? '').split(';')[0] ?? '';
  return {
    status: answer.statusCode,
    type: text === '' || location !== undefined ? '' : type,
    version: answer.headers['x-jupyterhub-version'] !== undefined,
    location: typeof location === 'string' ? plain(location, side) : null,
    // What a redirect says beside its address, nobody reads.
    json: location === undefined ? readable(type, text, json, side) : undefined,
  };
}

function readable(type: string, text: string, json: unknown, side: Side): unknown {
  if (type === 'text/html') return 'a page';
  return plainJson(type === 'text/event-stream' ? events(text) : json, side);
}

function wordOf(key: string, json: unknown, location: string): string {
  const found =
    key === 'code' && location !== ''
      ? new URL(location, 'http://hub').searchParams.get('code')
      : typeof json === 'object' && json !== null
        ? (json as Record<string, unknown>)[key]
        : undefined;
  if (typeof found !== 'string') throw new Error(`no ${key} in ${JSON.stringify(json)} ${location}`);
  return found;
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text.slice(0, 200);
  }
}

function events(text: string): unknown {
  return text
    .split('\n\n')
    .filter((part) => part.trim() !== '')
    .map((part) => JSON.parse(part.trim().replace(/^data: /, '')));
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

function plain(text: string, side: Side): string {
  return (
    text
      .replaceAll(side.url, 'http://hub')
      .replace(TIME, '<time>')
      .replace(/(?<=No such token )a\w+|(?<=matching id=)sc_\w+/, '<id>')
      // A set in Python: in any order.
      .replace(/(?<=requested scopes )\S+/, (list) => list.split(',').sort().join(','))
      .replace(/(?<=[?&]code=)[\w-]+/, '<code>')
      .replaceAll('+', '%20')
  );
}

// Keys whose value is another one each time.
const NAMES: Readonly<Record<string, string>> = {
  token_id: '<id>',
  id: '<id>',
  token: '<token>',
  access_token: '<token>',
  code: '<code>',
  session_id: '<session>',
};

function plainJson(value: unknown, side: Side): unknown {
  if (typeof value === 'string') return plain(value, side);
  if (Array.isArray(value)) {
    const items = value.map((item) => plainJson(item, side));
    return items.every((item) => typeof item === 'string') ? items.sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => {
        const name = NAMES[key];
        if (name !== undefined && typeof item === 'string') return [key, name];
        // A spawner's own business: a process there, a container here.
        if (key === 'state' && item !== null) return [key, '<state>'];
        // `scope` of a token answer is a set, written as a line.
        if (key === 'scope' && typeof item === 'string') return [key, item.split(' ').sort().join(' ')];
        return [key, plainJson(item, side)];
      }),
  );
}
