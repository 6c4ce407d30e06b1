import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Mood, StandInGitHub } from '../../../../test/stand-ins/github.ts';
import { plainIdentity, type SignInProvider } from '../../domain/identity.ts';
import { systemClock } from '../system/clock.ts';
import { systemRandom } from '../system/random.ts';
import { makeGitHub } from './github.ts';

const CALLBACK = 'https://hub.example/hub/oauth_callback';
let github: StandInGitHub;
let provider: SignInProvider;

beforeEach(async () => {
  github = await StandInGitHub.listen();
  github.add('Mona', 42);
  github.current = 'Mona';
  provider = makeGitHub(
    {
      clientId: github.clientId,
      clientSecret: github.clientSecret,
      callbackUrl: CALLBACK,
      url: `http://127.0.0.1:${github.port}/`,
    },
    { clock: systemClock, random: systemRandom },
  );
});
afterEach(() => github.close());

/** What the browser does in between: goes to GitHub and comes back with what it says. */
async function roundTrip(visitor: string, next = '/hub/home'): Promise<URLSearchParams> {
  const location = await provider.begin(visitor, next);
  const answer = await fetch(location, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  expect(`${back.origin}${back.pathname}`).toBe(CALLBACK);
  return back.searchParams;
}

test('who comes back is known by login and by the id that does not change', async () => {
  const query = await roundTrip('visitor-a', '/hub/spawn');
  expect(await provider.finish('visitor-a', query)).toEqual({
    identity: plainIdentity('github', 'Mona', '42'),
    next: '/hub/spawn',
  });
});

test('state and PKCE are always on', async () => {
  const location = new URL(await provider.begin('visitor-a', '/'));
  expect(location.searchParams.get('state')).toMatch(/^[\w-]{32}$/);
  expect(location.searchParams.get('code_challenge_method')).toBe('S256');
  expect(location.searchParams.get('redirect_uri')).toBe(CALLBACK);
});

describe('refused', () => {
  test('a code that was begun in another browser', async () => {
    const query = await roundTrip('visitor-a');
    await expect(provider.finish('visitor-b', query)).rejects.toMatchObject({ code: 'AUTH-005' });
  });

  test('a code without state, or with a made-up one', async () => {
    const query = await roundTrip('visitor-a');
    query.set('state', 'made-up');
    await expect(provider.finish('visitor-a', query)).rejects.toMatchObject({ code: 'AUTH-005' });
    query.delete('state');
    await expect(provider.finish('visitor-a', query)).rejects.toMatchObject({ code: 'AUTH-005' });
  });

  test('the same answer twice', async () => {
    const query = await roundTrip('visitor-a');
    await provider.finish('visitor-a', query);
    await expect(provider.finish('visitor-a', query)).rejects.toMatchObject({ code: 'AUTH-005' });
  });

  test('an answer that is none', async () => {
    await expect(provider.finish('visitor-a', new URLSearchParams())).rejects.toMatchObject({
      code: 'AUTH-005',
    });
  });

  test('somebody who pressed cancel over there', async () => {
    github.mood = 'denies';
    const query = await roundTrip('visitor-a');
    await expect(provider.finish('visitor-a', query)).rejects.toMatchObject({ code: 'AUTH-006' });
  });
});

test('several tabs may sign in at once', async () => {
  const first = await roundTrip('visitor-a', '/one');
  const second = await roundTrip('visitor-a', '/two');
  expect((await provider.finish('visitor-a', first)).next).toBe('/one');
  expect((await provider.finish('visitor-a', second)).next).toBe('/two');
});

test.each<Mood>(['token-500', 'token-error', 'token-garbage', 'user-500', 'user-garbage'])(
  'when GitHub answers with %s nobody is let in, and no secret is told',
  async (mood) => {
    const query = await roundTrip('visitor-a');
    github.mood = mood;
    const failure = await provider.finish('visitor-a', query).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'AUTH-007' });
    expect(String(failure)).not.toContain(github.clientSecret);
    expect(String(failure)).not.toContain(query.get('code'));
  },
);

test('when GitHub is silent it ends after ten seconds', async () => {
  const query = await roundTrip('visitor-a');
  github.mood = 'silent';
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const failure = provider.finish('visitor-a', query).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  expect(await failure).toMatchObject({ code: 'AUTH-007', facts: { detail: 'no answer within 10 s' } });
});
