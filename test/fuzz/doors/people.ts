import { request } from 'undici';
import { type FuzzHouse, PASSWORD } from './fuzz-house.ts';

/** How somebody shows who they are. */
export interface Credentials {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What their forms carry. */
  readonly xsrf: string;
}

const NOBODY: Credentials = { name: 'nobody', headers: {}, xsrf: '' };

/**
 * People as they are now: a plain one, an administrator, a token each, and nobody. Asked again and again, because a call
 * may have signed one out, renamed or removed them.
 */
export async function openPeople(house: FuzzHouse): Promise<readonly Credentials[]> {
  house.mend();
  const { store } = house.parts;
  const { clock } = house.parts.hub;
  for (const name of ['ana', 'ben', 'mary']) {
    const user = {
      name,
      admin: name === 'mary',
      groups: ['class'],
      created: 1,
      lastActivity: null,
      identities: {},
      invited: true,
    };
    const known = store.users.get(name);
    if (known?.admin !== user.admin)
      await store.change((drafts) =>
        drafts.users.put(known === undefined ? user : { ...known, admin: user.admin }),
      );
  }
  await store.change((drafts) => {
    drafts.groups.put({ name: 'class', properties: {}, created: 1 });
    for (const name of ['ana', 'mary']) {
      const word = wordOf(name);
      const hash = house.parts.hub.digest(word);
      drafts.tokens.put({
        ...{
          hash,
          id: `a${hash.slice(0, 12)}`,
          user: name,
          note: 'fuzz',
          scopes: ['inherit'],
          created: clock.now(),
        },
        ...{ lastActivity: null, expires: null, sessionId: null, clientId: null, server: null },
      });
    }
  });
  const tokens = ['ana', 'mary'].map((name) => ({
    name: `${name}'s token`,
    headers: { authorization: `token ${wordOf(name)}` },
    xsrf: '',
  }));
  return [NOBODY, await signIn(house, 'ana'), await signIn(house, 'mary'), ...tokens];
}

const wordOf = (name: string): string => `fz0token0${name}`.padEnd(32, '0');

/** Through the form, as a browser does it. */
async function signIn(house: FuzzHouse, name: string): Promise<Credentials> {
  const door = `${house.origin}/hub/login`;
  const page = await request(door, { headers: { accept: 'text/html' } });
  await page.body.dump();
  const before = cookiesOf(page.headers['set-cookie']);
  const form = new URLSearchParams({ _xsrf: before.get('_xsrf') ?? '', username: name, password: PASSWORD });
  const answer = await request(door, {
    method: 'POST',
    headers: {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: headerOf(before),
    },
    body: form.toString(),
  });
  await answer.body.dump();
  if (answer.statusCode !== 302) throw new Error(`${name} cannot sign in: ${answer.statusCode}`);
  const after = new Map([...before, ...cookiesOf(answer.headers['set-cookie'])]);
  const home = await request(`${house.origin}/hub/home`, {
    headers: { accept: 'text/html', cookie: headerOf(after) },
  });
  await home.body.dump();
  const all = new Map([...after, ...cookiesOf(home.headers['set-cookie'])]);
  return { name, headers: { cookie: headerOf(all) }, xsrf: all.get('_xsrf') ?? '' };
}

function cookiesOf(lines: string | string[] | undefined): Map<string, string> {
  const pairs = [lines ?? []].flat().map((line) => /^([^=]+)=([^;]*)/.exec(line));
  return new Map(pairs.flatMap((pair) => (pair === null ? [] : [[pair[1] ?? '', pair[2] ?? '']])));
}

const headerOf = (cookies: ReadonlyMap<string, string>): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
