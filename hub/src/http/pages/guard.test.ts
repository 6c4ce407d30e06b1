import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { call } from '../../../../test/support/contract-call.ts';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';
import { serverKey } from '../../domain/server.ts';

const WEB = { port: 8787, healthPath: '/', stripPrefix: false, tokenHeader: null };
let house: PagesHouse;

beforeEach(async () => {
  house = await openPagesHouse();
  for (const name of ['ann@uni.edu', 'bob']) await house.addUser(name);
  await house.addUser('mary', { admin: true });
  await runWeb('ann@uni.edu', '');
  await runWeb('ann@uni.edu', 'r');
});
afterEach(() => house.close());

async function runWeb(user: string, name: string): Promise<void> {
  await house.runServer(user, name);
  const server = house.store.servers.get(serverKey(user, name));
  if (server === undefined) throw new Error('no server');
  await house.store.change((drafts) => drafts.servers.put({ ...server, web: WEB }));
}

const door = (next: string) => `/hub/guard?next=${encodeURIComponent(next)}`;

/** The visit cookie that an answer sets: its value and its path. */
function cookieIn(headers: Readonly<Record<string, string | string[] | undefined>>) {
  const line = [headers['set-cookie'] ?? []].flat().find((one) => one.startsWith('berth-visit-'));
  const [, value, path] =
    /^berth-visit-[0-9a-f]{16}=([^;]+); Path=([^;]+); SameSite=Lax; HttpOnly$/.exec(line ?? '') ?? [];
  return line === undefined ? null : { value, path };
}

const renew = async (cookie: string | undefined) => {
  const { status, json } = await call(house.origin, 'POST', '/hub/guard/renew', {
    headers: { 'x-berth-visit': cookie ?? '' },
  });
  return status === 200 ? ((json as { cookie: string }).cookie ?? null) : status;
};

describe('the door', () => {
  test.each([
    [
      '/user/ann@uni.edu/notes%20of/me?x=%2F#here',
      '/user/ann@uni.edu/',
      '/user/ann@uni.edu/notes%20of/me?x=%2F#here',
    ],
    ['/user/ann@uni.edu/r/x', '/user/ann@uni.edu/r/', '/user/ann@uni.edu/r/x'],
    ['/user/ann@uni.edu/r', '/user/ann@uni.edu/r/', '/user/ann@uni.edu/r/'],
    ['/user/ann@uni.edu', '/user/ann@uni.edu/', '/user/ann@uni.edu/'],
    // The cookie would not come back to this spelling: the person is led to the other.
    ['/user/ann%40uni.edu/%72/x', '/user/ann@uni.edu/r/', '/user/ann@uni.edu/r/x'],
  ])('leads who wanted %s on, with a cookie for %s', async (wanted, path, to) => {
    const reply = await house.get(door(wanted), 'ann@uni.edu');
    expect([reply.status, reply.location]).toEqual([302, to]);
    expect(cookieIn(reply.headers)?.path).toBe(path);
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  test.each([
    ['another site', 'https://evil.example/user/ann@uni.edu/'],
    ['another host', '//evil.example/'],
    ['nowhere', ''],
  ])('leads home who would be sent to %s', async (_, next) => {
    const reply = await house.get(door(next), 'ann@uni.edu');
    expect([reply.location, cookieIn(reply.headers)]).toEqual(['/hub/home', null]);
  });

  test('asks who nobody knows to sign in, and comes back to the door', async () => {
    expect((await house.get(door('/user/ann@uni.edu/'))).location).toBe(
      `/hub/login?next=${encodeURIComponent(door('/user/ann@uni.edu/'))}`,
    );
  });

  test('says the same of a server that is not theirs and of one that is not there', async () => {
    const [others, none] = [
      await house.get(door('/user/ann@uni.edu/'), 'bob'),
      await house.get(door('/user/nobody/'), 'bob'),
    ];
    expect([others.status, none.status]).toEqual([404, 404]);
    expect([cookieIn(others.headers), cookieIn(none.headers)]).toEqual([null, null]);
  });

  test('shows the page of a server that does not run', async () => {
    const reply = await house.get(door('/user/bob/x?y=1'), 'bob');
    expect([reply.location, cookieIn(reply.headers)]).toEqual(['/hub/user/bob/x?y=1', null]);
  });

  test('asks before another person’s server, with the form’s word, and tells the record', async () => {
    const told: unknown[] = [];
    house.hub.facts.listen((fact) => told.push(fact));
    const asked = await house.get(door('/user/ann@uni.edu/'), 'mary');
    expect([asked.status, cookieIn(asked.headers)]).toEqual([200, null]);
    expect(asked.text).toContain('ann@uni.edu');
    expect((await house.post(door('/user/ann@uni.edu/'), 'mary', { _xsrf: 'wrong' })).status).toBe(403);
    const entered = await house.post(door('/user/ann@uni.edu/'), 'mary');
    expect(cookieIn(entered.headers)?.path).toBe('/user/ann@uni.edu/');
    expect(told).toContainEqual(
      expect.objectContaining({
        kind: 'acted',
        by: 'mary',
        on: 'ann@uni.edu',
        call: 'enter /user/ann@uni.edu/',
      }),
    );
  });
});

describe('a visit is renewed', () => {
  const visit = async (who = 'ann@uni.edu') => {
    const post = who === 'ann@uni.edu' ? house.get : house.post;
    return cookieIn((await post(door('/user/ann@uni.edu/'), who)).headers)?.value;
  };

  test('as long as its session lives, however old the cookie', async () => {
    const first = await visit();
    house.pass(3 * 3600_000);
    const second = await renew(first);
    expect(second).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+~[\w-]+$/);
    expect(second).not.toBe(first);
    house.pass(15 * 24 * 3600_000);
    expect(await renew(String(second))).toBe(403);
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      'its session was ended',
      () =>
        house.hub.endSessions({
          user: 'mary',
          sessions: house.store.sessions.where('user', 'mary'),
          by: 'user',
        }),
    ],
    ['the person may not enter others’ servers any more', () => house.addUser('mary', { admin: false })],
    ['the person is not on the list any more', () => house.addUser('mary', { admin: true, invited: false })],
    ['the person is gone', () => house.store.change((drafts) => drafts.users.delete('mary'))],
    [
      'the server does not run any more',
      () => house.store.change((drafts) => drafts.servers.delete('ann@uni.edu/')),
    ],
  ])('and not when %s', async (_, happen) => {
    const cookie = await visit('mary');
    expect(await renew(cookie)).not.toBe(403);
    await happen();
    expect(await renew(cookie)).toBe(403);
  });

  test('and not for somebody who says that it is theirs', async () => {
    expect(await renew('')).toBe(403);
    expect(await renew(undefined)).toBe(403);
    expect(await renew((await visit())?.split('~')[0])).toBe(403);
  });
});

test('programs find the key with which visits are checked', async () => {
  const { status, json } = await call(house.origin, 'GET', '/hub/guard/keys', {});
  expect([status, json]).toEqual([
    200,
    {
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          alg: 'EdDSA',
          use: 'sig',
          kid: expect.any(String),
          x: house.hub.visits.key,
        },
      ],
    },
  ]);
});
