import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Mood, StandInGitHub } from '../../../../test/stand-ins/github.ts';
import { type AuthState, plainIdentity, type SignInProvider } from '../../domain/identity.ts';
import { systemClock } from '../system/clock.ts';
import { systemRandom } from '../system/random.ts';
import { makeGitHub } from './github.ts';
import type { Organization } from './github-api.ts';
import type { GitHubRules } from './github-person.ts';

const CALLBACK = 'https://hub.example/hub/oauth_callback';
let github: StandInGitHub;
let provider: SignInProvider;

beforeEach(async () => {
  github = await StandInGitHub.listen();
  github.add('Mona', 42);
  github.current = 'Mona';
  provider = providerWith({});
});

function providerWith(rules: Partial<GitHubRules>): SignInProvider {
  return makeGitHub(
    {
      clientId: github.clientId,
      clientSecret: github.clientSecret,
      callbackUrl: CALLBACK,
      url: `http://127.0.0.1:${github.port}/`,
      organizations: [],
      teams: false,
      ...rules,
    },
    { clock: systemClock, random: systemRandom },
  );
}
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
    identity: {
      ...plainIdentity('github', 'Mona', '42'),
      authState: {
        access_token: expect.stringMatching(/^gho_/),
        github_user: { id: 42, login: 'Mona' },
        scope: ['read:user'],
      },
    },
    next: '/hub/spawn',
  });
});

test('state and PKCE are always on', async () => {
  const location = new URL(await provider.begin('visitor-a', '/'));
  expect(location.searchParams.get('state')).toMatch(/^github\.[\w-]{32}$/);
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

test('when GitHub is silent it ends within ten seconds', async () => {
  const query = await roundTrip('visitor-a');
  github.mood = 'silent';
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const failure = provider.finish('visitor-a', query).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(9000);
  vi.useRealTimers();
  expect(await failure).toMatchObject({ code: 'AUTH-007', facts: { detail: 'no answer within 9 s' } });
});

describe('organisations', () => {
  const lab: Organization = { org: 'lab', team: null };
  const staff: Organization = { org: 'lab', team: 'staff' };

  async function signIn(rules: Partial<GitHubRules>) {
    provider = providerWith(rules);
    const { identity } = await provider.finish('visitor-a', await roundTrip('visitor-a'));
    return identity;
  }

  beforeEach(() => {
    github.add('Owner', 1);
    github.addOrganization('lab', ['Owner']);
    github.addTeam('lab', 'staff', ['Owner']);
  });

  test('let a member in, whose membership nobody can see from outside', async () => {
    github.addMember('lab', 'Mona', { secret: true });
    expect((await signIn({ organizations: [lab] })).admitted).toBe(true);
  });

  test.each<[string, () => void]>([
    ['nobody of it', () => {}],
    ['somebody who was invited and has not accepted', () => github.invite('lab', 'Mona')],
    ['a member of another', () => github.addOrganization('other', ['Mona'])],
    ['a member who lies behind its own sign-in', () => (github.mood = 'sso-403')],
  ])('do not let in %s', async (_, arrange) => {
    arrange();
    expect((await signIn({ organizations: [lab] })).admitted).toBe(false);
  });

  test('say nothing of people when there is no such rule', async () => {
    github.addMember('lab', 'Mona');
    expect((await signIn({})).admitted).toBeNull();
  });

  test('a team lets in its members, and not the rest of the organisation', async () => {
    github.addMember('lab', 'Mona');
    expect((await signIn({ organizations: [staff] })).admitted).toBe(false);
    github.addTeam('lab', 'staff', ['Owner', 'Mona']);
    expect((await signIn({ organizations: [staff] })).admitted).toBe(true);
  });

  test('one of several is enough, also when another one cannot be asked', async () => {
    github.addMember('lab', 'Mona');
    github.brokenOrganization = 'other';
    expect((await signIn({ organizations: [{ org: 'other', team: null }, lab] })).admitted).toBe(true);
  });

  test('are asked for by name, with the login and never with the name here', async () => {
    await signIn({ organizations: [lab, staff] });
    expect(github.requests).toContain('GET /api/v3/orgs/lab/members/Mona');
    expect(github.requests).toContain('GET /api/v3/orgs/lab/teams/staff/members/Mona');
  });

  test.each<[Partial<GitHubRules>, string]>([
    [{}, 'read:user'],
    [{ organizations: [lab] }, 'read:user,read:org'],
    [{ teams: true }, 'read:user,read:org'],
  ])('with %j GitHub is asked for %s', async (rules, scope) => {
    const location = new URL(await providerWith(rules).begin('v', '/'));
    expect(location.searchParams.get('scope')).toBe(scope);
  });

  test.each<Mood>(['rate-limited', 'secondary-limit', 'orgs-500', 'orgs-garbage-status'])(
    'when GitHub answers with %s it is neither yes nor no: nobody is let in, and it is told',
    async (mood) => {
      github.addMember('lab', 'Mona');
      provider = providerWith({ organizations: [lab] });
      const query = await roundTrip('visitor-a');
      github.mood = mood;
      await expect(provider.finish('visitor-a', query)).rejects.toMatchObject({ code: 'AUTH-007' });
    },
  );

  test('teams are groups, all pages of them', async () => {
    github.addMember('lab', 'Mona');
    for (let i = 0; i < 250; i += 1) github.addTeam('lab', `team-${i}`, ['Mona']);
    const { groups, authState } = await signIn({ teams: true });
    expect(groups).toHaveLength(250);
    expect(groups).toContain('lab:team-249');
    expect(authState?.teams).toEqual(groups);
  });

  test('a next page somewhere else is not asked: the token would travel along', async () => {
    github.addMember('lab', 'Mona');
    github.mood = 'teams-lead-away';
    await expect(signIn({ teams: true })).rejects.toMatchObject({ code: 'AUTH-007' });
  });
});

describe('asking again', () => {
  const rules = { organizations: [{ org: 'lab', team: null }], teams: true };

  async function signedIn() {
    github.add('Owner', 1);
    github.addOrganization('lab', ['Owner', 'Mona']);
    github.addTeam('lab', 'staff', ['Mona']);
    provider = providerWith(rules);
    const { identity } = await provider.finish('visitor-a', await roundTrip('visitor-a'));
    return identity.authState ?? {};
  }
  const refresh = async (state: AuthState) => await provider.refresh?.(state);

  test('tells what is true now', async () => {
    const state = await signedIn();
    expect(await refresh(state)).toMatchObject({ admitted: true, groups: ['lab:staff'] });
    github.removeMember('lab', 'Mona');
    expect(await refresh(state)).toMatchObject({ id: '42', admitted: false, groups: [] });
  });

  test('a token that is good no more means signing in again, not a refusal', async () => {
    const state = await signedIn();
    github.revokeTokens('Mona');
    expect(await refresh(state)).toBe('expired');
    expect(await refresh({})).toBe('expired');
  });

  test('another person behind the token is nobody who signed in', async () => {
    const state = await signedIn();
    github.add('Mona', 43);
    expect(await refresh(state)).toBe('expired');
  });

  test.each<Mood>(['user-500', 'user-garbage', 'rate-limited', 'orgs-500'])(
    'when GitHub answers with %s it could not be asked',
    async (mood) => {
      const state = await signedIn();
      github.mood = mood;
      await expect(refresh(state)).rejects.toMatchObject({ code: 'AUTH-007' });
    },
  );
});

test.each<Mood>(['token-huge', 'token-redirect', 'user-huge'])(
  'with %s nobody is let in, nothing is followed and little is read',
  async (mood) => {
    const query = await roundTrip('visitor-a');
    github.mood = mood;
    await expect(provider.finish('visitor-a', query)).rejects.toMatchObject({ code: 'AUTH-007' });
    expect(github.sentBytes).toBeLessThan(8 * 1024 * 1024);
    expect(github.requests).not.toContain('GET /latest/meta-data');
  },
);
