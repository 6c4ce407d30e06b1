import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GitHubAccount {
  readonly login: string;
  readonly id: number;
}

/** How the stand-in misbehaves, when a test wants it to. */
export type Mood =
  | 'well'
  | 'token-500'
  | 'token-error'
  | 'token-garbage'
  | 'user-500'
  | 'user-garbage'
  | 'silent'
  | 'denies';

interface Grant {
  readonly login: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

/**
 * A GitHub that answers exactly what passport-github2 asks: authorize, access_token (form-encoded, errors
 * with status 200, as GitHub does it), user. It checks what GitHub checks: client, redirect address, PKCE,
 * single use. Who signs in is whoever `current` names: there is no sign-in page.
 */
export class StandInGitHub {
  readonly clientId = 'Iv1.stand-in';
  readonly clientSecret = randomBytes(20).toString('hex');
  readonly accounts = new Map<string, GitHubAccount>();
  readonly requests: string[] = [];
  current = '';
  mood: Mood = 'well';
  readonly #server: Server;
  readonly #codes = new Map<string, Grant>();
  readonly #tokens = new Map<string, string>();

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

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((closed) => this.#server.close(() => closed()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    this.requests.push(`${request.method} ${url.pathname}`);
    if (this.mood === 'silent') return;
    const route = `${request.method} ${url.pathname}`;
    if (route === 'GET /login/oauth/authorize') return this.#authorize(url.searchParams, response);
    if (route === 'POST /login/oauth/access_token') return this.#exchange(await formOf(request), response);
    if (route === 'GET /api/v3/user') return this.#user(request.headers.authorization, response);
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
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { Location: back.href }).end();
  }

  #exchange(form: URLSearchParams, response: ServerResponse): void {
    if (this.mood === 'token-500') return void response.writeHead(500).end('unicorn');
    if (this.mood === 'token-garbage') return void response.writeHead(200).end('\u0000\u0001<html>');
    const code = form.get('code') ?? '';
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const good =
      grant !== undefined &&
      form.get('client_id') === this.clientId &&
      form.get('client_secret') === this.clientSecret &&
      form.get('redirect_uri') === grant.redirectUri &&
      grant.challenge !== '' &&
      verifier === grant.challenge;
    const body = new URLSearchParams();
    if (good && this.mood !== 'token-error') {
      const token = `gho_${randomBytes(18).toString('hex')}`;
      this.#tokens.set(token, grant.login);
      body.set('access_token', token);
      body.set('scope', 'read:user');
      body.set('token_type', 'bearer');
    } else {
      body.set('error', 'bad_verification_code');
      body.set('error_description', 'The code passed is incorrect or expired.');
    }
    response
      .writeHead(200, { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' })
      .end(body.toString());
  }

  #user(authorization: string | undefined, response: ServerResponse): void {
    if (this.mood === 'user-500') return void response.writeHead(500).end('unicorn');
    if (this.mood === 'user-garbage') return void response.writeHead(200).end('{"login":');
    const account = this.accounts.get(this.#tokens.get(authorization?.replace(/^Bearer /i, '') ?? '') ?? '');
    if (account === undefined) return void response.writeHead(401).end('{"message":"Bad credentials"}');
    const user = {
      ...account,
      node_id: `U_${account.id}`,
      name: null,
      email: null,
      html_url: `https://github.example/${account.login}`,
    };
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(user));
  }
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return new URLSearchParams(text);
}
