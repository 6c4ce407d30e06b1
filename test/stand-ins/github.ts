import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Asker, type GitHubAccount, Organizations } from './github-organizations.ts';

/** How the stand-in misbehaves, when a test wants it to. */
export type Mood =
  | 'well'
  | 'token-500'
  | 'token-error'
  | 'token-garbage'
  | 'token-empty'
  | 'token-huge'
  | 'token-redirect'
  | 'user-500'
  | 'user-garbage'
  | 'user-huge'
  | 'user-silent'
  | 'orgs-500'
  | 'orgs-garbage-status'
  | 'sso-403'
  | 'rate-limited'
  | 'secondary-limit'
  | 'teams-lead-away'
  | 'slow'
  | 'silent'
  | 'denies';

interface Grant {
  readonly login: string;
  readonly challenge: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

const HUGE = 64 * 1024 * 1024;
const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/**
 * A GitHub that answers exactly what passport-github2 and OAuthenticator ask: authorize, access_token (a form
 * unless JSON is asked for, errors with status 200, as GitHub does it), user, organisations, teams. It checks
 * what GitHub checks: client, redirect address, PKCE, single use, scopes. Who signs in is whoever `current`
 * names: there is no sign-in page.
 */
export class StandInGitHub {
  readonly clientId = 'Iv1.stand-in';
  readonly clientSecret = randomBytes(20).toString('hex');
  readonly accounts = new Map<string, GitHubAccount>();
  readonly requests: string[] = [];
  current = '';
  mood: Mood = 'well';
  /** An organisation of which GitHub answers 500. */
  brokenOrganization: string | null = null;
  /** How much of huge answers was taken. */
  sentBytes = 0;
  readonly #server: Server;
  readonly #codes = new Map<string, Grant>();
  readonly #tokens = new Map<string, Grant>();
  readonly #organizations = new Organizations();

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  static async listen(host = '127.0.0.1', port = 0): Promise<StandInGitHub> {
    const github = new StandInGitHub();
    await new Promise<void>((listening, failed) => {
      github.#server.once('error', failed);
      github.#server.listen(port, host, listening);
    });
    return github;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  add(login: string, id: number): void {
    this.accounts.set(login, { login, id });
  }

  addOrganization(name: string, members: readonly string[]): void {
    this.#organizations.add(name, members);
  }

  addMember(name: string, login: string, how?: { secret?: boolean }): void {
    this.#organizations.addMember(name, login, how);
  }

  removeMember(name: string, login: string): void {
    this.#organizations.removeMember(name, login);
  }

  /** Invited and not yet in: no member for anybody who asks. */
  invite(_name: string, _login: string): void {}

  addTeam(name: string, slug: string, members: readonly string[]): void {
    this.#organizations.addTeam(name, slug, members);
  }

  revokeTokens(login: string): void {
    for (const [token, grant] of this.#tokens) if (grant.login === login) this.#tokens.delete(token);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((closed) => this.#server.close(() => closed()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'stand-in'}`);
    const route = `${request.method} ${url.pathname}`;
    this.requests.push(route);
    if (this.mood === 'silent') return;
    if (this.mood === 'slow') await new Promise((done) => setTimeout(done, 1500));
    if (route === 'GET /login/oauth/authorize') return this.#authorize(url.searchParams, response);
    if (route === 'POST /login/oauth/access_token') {
      const asJson = request.headers.accept?.includes('application/json') === true;
      return this.#exchange(await formOf(request), asJson, response);
    }
    if (url.pathname.startsWith('/api/v3/')) return this.#api(request, url, response);
    response.writeHead(404).end();
  }

  #authorize(query: URLSearchParams, response: ServerResponse): void {
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('state', query.get('state') ?? '');
    if (query.get('client_id') !== this.clientId || query.get('response_type') !== 'code') {
      response.writeHead(404).end();
      return;
    }
    if (this.mood === 'denies') {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'The user has denied your application access.');
    } else {
      const code = randomBytes(10).toString('hex');
      this.#codes.set(code, {
        login: this.current,
        challenge: query.get('code_challenge_method') === 'S256' ? (query.get('code_challenge') ?? '') : '',
        redirectUri: query.get('redirect_uri') ?? '',
        scopes: (query.get('scope') ?? '').split(/[\s,]+/),
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { Location: back.href }).end();
  }

  #exchange(form: URLSearchParams, asJson: boolean, response: ServerResponse): void {
    if (this.mood === 'token-500') return void response.writeHead(500).end('unicorn');
    if (this.mood === 'token-garbage') return void response.writeHead(200).end('\u0000\u0001<html>');
    if (this.mood === 'token-empty') return void response.writeHead(200).end();
    if (this.mood === 'token-huge') return void this.#huge(response);
    if (this.mood === 'token-redirect') {
      return void response
        .writeHead(307, { Location: `http://127.0.0.1:${this.port}/latest/meta-data` })
        .end();
    }
    const grant = this.#takeGrant(form);
    const answer: Record<string, string> =
      grant === null || this.mood === 'token-error'
        ? {
            error: 'bad_verification_code',
            error_description: 'The code passed is incorrect or expired.',
          }
        : { access_token: this.#issue(grant), scope: grant.scopes.join(','), token_type: 'bearer' };
    if (asJson) return void response.writeHead(200, JSON_TYPE).end(JSON.stringify(answer));
    response
      .writeHead(200, { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' })
      .end(new URLSearchParams(answer).toString());
  }

  #takeGrant(form: URLSearchParams): Grant | null {
    const code = form.get('code') ?? '';
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const good =
      form.get('client_id') === this.clientId &&
      form.get('client_secret') === this.clientSecret &&
      form.get('redirect_uri') === grant?.redirectUri &&
      grant?.challenge !== '' &&
      verifier === grant?.challenge;
    return good ? grant : null;
  }

  #issue(grant: Grant): string {
    const token = `gho_${randomBytes(18).toString('hex')}`;
    this.#tokens.set(token, grant);
    return token;
  }

  #api(request: IncomingMessage, url: URL, response: ServerResponse): void {
    if (this.mood === 'rate-limited' || this.mood === 'secondary-limit') return void this.#limit(response);
    const grant = this.#tokens.get(request.headers.authorization?.replace(/^Bearer /i, '') ?? '');
    const account = this.accounts.get(grant?.login ?? '');
    if (grant === undefined || account === undefined) {
      return void response.writeHead(401, JSON_TYPE).end('{"message":"Bad credentials"}');
    }
    response.setHeader('X-OAuth-Scopes', grant.scopes.join(', '));
    const asker: Asker = { ...account, scopes: grant.scopes };
    const base = `http://${request.headers.host}/api/v3`;
    const path = url.pathname.slice('/api/v3/'.length).split('/').map(decodeURIComponent);
    if (path.join('/') === 'user') return void this.#user(account, response);
    if (path.join('/') === 'user/teams') {
      if (this.mood === 'teams-lead-away')
        response.setHeader('Link', '<http://127.0.0.1:9/next>; rel="next"');
      return void this.#organizations.teams(asker, url, base, response);
    }
    if (path[0] === 'orgs') return void this.#organization(path.slice(1), asker, base, response);
    response.writeHead(404, JSON_TYPE).end('{"message":"Not Found"}');
  }

  #organization(path: readonly string[], asker: Asker, base: string, response: ServerResponse): void {
    if (this.mood === 'orgs-500' || path[0] === this.brokenOrganization) {
      return void response.writeHead(500).end('unicorn');
    }
    if (this.mood === 'orgs-garbage-status') return void response.writeHead(299).end('?');
    if (this.mood === 'sso-403') {
      const headers = { ...JSON_TYPE, 'X-GitHub-SSO': 'required', 'X-RateLimit-Remaining': '4987' };
      const message = 'Resource protected by organization SAML enforcement.';
      return void response.writeHead(403, headers).end(JSON.stringify({ message }));
    }
    this.#organizations.answer(path, asker, base, response);
  }

  #limit(response: ServerResponse): void {
    const reset = String(Math.ceil(Date.now() / 1000) + 3600);
    const headers =
      this.mood === 'rate-limited'
        ? { 'X-RateLimit-Limit': '5000', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': reset }
        : { 'Retry-After': '60' };
    const message = 'API rate limit exceeded.';
    response.writeHead(403, { ...JSON_TYPE, ...headers }).end(JSON.stringify({ message }));
  }

  #user(account: GitHubAccount, response: ServerResponse): void {
    if (this.mood === 'user-500') return void response.writeHead(500).end('unicorn');
    if (this.mood === 'user-garbage') return void response.writeHead(200).end('{"login":');
    if (this.mood === 'user-huge') return void this.#huge(response);
    if (this.mood === 'user-silent') return;
    const user = {
      ...account,
      node_id: `U_${account.id}`,
      name: null,
      email: null,
      html_url: `https://github.example/${account.login}`,
      avatar_url: `https://github.example/${account.login}.png`,
    };
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(user));
  }

  /** As much as is taken, up to {@link HUGE}. */
  #huge(response: ServerResponse): void {
    response.writeHead(200, JSON_TYPE);
    const piece = Buffer.alloc(256 * 1024, 'x');
    const more = (): void => {
      while (this.sentBytes < HUGE && !response.destroyed) {
        this.sentBytes += piece.length;
        if (!response.write(piece)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  }
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return new URLSearchParams(text);
}
