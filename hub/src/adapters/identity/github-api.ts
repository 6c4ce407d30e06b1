import { Problem } from '../../domain/problem.ts';
import type { ProviderFetch } from './provider-fetch.ts';

/** `org`, or `org:team` with the team's slug. */
export interface Organization {
  readonly org: string;
  readonly team: string | null;
}

/** Reads a word of `allowed_organizations`, which is good already. */
export function organizationOf(word: string): Organization {
  const [org = '', team = null] = word.split(':');
  return { org, team };
}

export interface GitHubUser {
  readonly id: string;
  readonly login: string;
}

// Twenty pages of a hundred teams: more than anybody is in.
const PAGES_MAX = 20;

/**
 * GitHub's REST API as one person's token sees it. Says "no" only where GitHub does: a limit of requests, a
 * failure or nonsense is thrown as Problem AUTH-007, never taken for an answer.
 */
export class GitHubApi {
  readonly #base: string;
  readonly #fetch: ProviderFetch['fetch'];

  /** @param base `https://api.github.com`, or `https://github.example/api/v3`. */
  constructor(base: string, fetch: ProviderFetch['fetch']) {
    this.#base = base;
    this.#fetch = fetch;
  }

  /** Whose token this is, or null: it is good no more. */
  async user(token: string): Promise<GitHubUser | null> {
    const answer = await this.#get(token, '/user');
    if (answer.status === 401) return null;
    const { id, login } = recordOf(await this.#json(answer, '/user'));
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || typeof login !== 'string') {
      throw unclear('/user', 'no id and login');
    }
    return { id: String(id), login };
  }

  /**
   * Membership is 204. 404 is none, and so is 302 (an organisation that the token's owner is not in) and a
   * 403 that is no limit (an organisation that asks for its own sign-in first).
   */
  async isMember(token: string, { org, team }: Organization, login: string): Promise<boolean> {
    const [o, t, l] = [org, team ?? '', login].map(encodeURIComponent);
    const path = team === null ? `/orgs/${o}/members/${l}` : `/orgs/${o}/teams/${t}/members/${l}`;
    const { status } = await this.#get(token, path);
    if (status === 204) return true;
    if ([302, 403, 404].includes(status)) return false;
    throw unclear('membership', `it answered ${status}`);
  }

  /** All teams of the token's owner, as `org:slug`. */
  async teams(token: string): Promise<readonly string[]> {
    const teams: string[] = [];
    let path: string | null = '/user/teams?per_page=100';
    for (let page = 0; path !== null && page < PAGES_MAX; page += 1) {
      const answer = await this.#get(token, path);
      const found = await this.#json(answer, '/user/teams');
      if (!Array.isArray(found)) throw unclear('/user/teams', 'no list');
      teams.push(...found.flatMap(teamName));
      path = this.#next(answer.headers.get('link'));
    }
    return teams;
  }

  async #get(token: string, path: string): Promise<Response> {
    const answer = await this.#fetch(`${this.#base}${path}`, {
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: 'application/vnd.github+json',
        'User-Agent': 'berth',
      },
    });
    if (isLimit(answer)) throw unclear(path.replace(/\?.*/, ''), 'its limit of requests is reached');
    return answer;
  }

  async #json(answer: Response, what: string): Promise<unknown> {
    if (answer.status !== 200) throw unclear(what, `it answered ${answer.status}`);
    try {
      return await answer.json();
    } catch {
      throw unclear(what, 'no JSON');
    }
  }

  /** The way to the next page, if it stays here: the token travels along. */
  #next(link: string | null): string | null {
    const url = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
    if (url === undefined) return null;
    if (!url.startsWith(`${this.#base}/`)) throw unclear('/user/teams', 'a next page somewhere else');
    return url.slice(this.#base.length);
  }
}

/** Both kinds of limit; a 403 without these is an answer. */
function isLimit({ status, headers }: Response): boolean {
  if (status === 429) return true;
  return status === 403 && (headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after'));
}

function teamName(team: unknown): readonly string[] {
  const { slug, organization } = recordOf(team);
  const { login } = recordOf(organization);
  return typeof slug === 'string' && typeof login === 'string' ? [`${login}:${slug}`] : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function unclear(what: string, detail: string): Problem {
  return new Problem('AUTH-007', { provider: 'GitHub', detail: `${what.slice(0, 100)}: ${detail}` });
}
