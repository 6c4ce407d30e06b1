import type { ServerResponse } from 'node:http';

export interface GitHubAccount {
  readonly login: string;
  readonly id: number;
}

interface Organization {
  readonly members: Set<string>;
  /** Whose membership everybody sees. */
  readonly open: Set<string>;
  readonly teams: Map<string, Set<string>>;
}

/** Who asks: the owner of the token, and what it was given. */
export interface Asker extends GitHubAccount {
  readonly scopes: readonly string[];
}

const PAGE_MAX = 100;

/** Organisations and teams, with the answers that GitHub gives of them. Names in any case are the same. */
export class Organizations {
  readonly #organizations = new Map<string, Organization>();

  add(name: string, members: readonly string[]): void {
    const small = new Set(members.map(smallOf));
    this.#organizations.set(smallOf(name), { members: small, open: new Set(), teams: new Map() });
  }

  addMember(name: string, login: string, { secret = false } = {}): void {
    this.#get(name).members.add(smallOf(login));
    if (!secret) this.#get(name).open.add(smallOf(login));
  }

  removeMember(name: string, login: string): void {
    const { members, open, teams } = this.#get(name);
    for (const set of [members, open, ...teams.values()]) set.delete(smallOf(login));
  }

  addTeam(name: string, slug: string, members: readonly string[]): void {
    this.#get(name).teams.set(slug, new Set(members.map(smallOf)));
  }

  /** `GET /orgs/:org/…` */
  answer(path: readonly string[], asker: Asker, base: string, response: ServerResponse): void {
    const [name = '', kind, ...rest] = path;
    const found = this.#organizations.get(smallOf(name));
    if (found === undefined) return void notFound(response);
    const sees = asker.scopes.includes('read:org') && found.members.has(smallOf(asker.login));
    const login = smallOf(rest.at(-1) ?? '');
    if (kind === 'public_members') return void (found.open.has(login) ? yes(response) : notFound(response));
    if (kind === 'members' && rest.length === 1) {
      if (!sees) {
        const location = `${base}/orgs/${name}/public_members/${rest[0]}`;
        return void response.writeHead(302, { Location: location }).end();
      }
      return void (found.members.has(login) ? yes(response) : notFound(response));
    }
    const team = kind === 'teams' && rest[1] === 'members' ? found.teams.get(rest[0] ?? '') : undefined;
    // A team that the asker may not see is one that is not there.
    if (sees && team?.has(login) === true) yes(response);
    else notFound(response);
  }

  /** `GET /user/teams` */
  teams(asker: Asker, url: URL, base: string, response: ServerResponse): void {
    if (!asker.scopes.includes('read:org')) {
      const body = { message: 'You need at least read:org scope to list your teams.' };
      return void response.writeHead(403, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    }
    const all = [...this.#organizations].flatMap(([login, { teams }]) =>
      [...teams]
        .filter(([, members]) => members.has(smallOf(asker.login)))
        .map(([slug], at) => ({ id: at + 1, slug, name: slug, privacy: 'closed', organization: { login } })),
    );
    const size = Math.min(PAGE_MAX, Number(url.searchParams.get('per_page') ?? 30));
    const page = Number(url.searchParams.get('page') ?? 1);
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    if (page * size < all.length) {
      headers.Link = `<${base}/user/teams?per_page=${size}&page=${page + 1}>; rel="next"`;
    }
    response.writeHead(200, headers).end(JSON.stringify(all.slice((page - 1) * size, page * size)));
  }

  #get(name: string): Organization {
    const found = this.#organizations.get(smallOf(name));
    if (found === undefined) throw new Error(`no organisation ${name}`);
    return found;
  }
}

function smallOf(word: string): string {
  return word.toLowerCase();
}

function yes(response: ServerResponse): void {
  response.writeHead(204).end();
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"message":"Not Found"}');
}
