import { request } from 'undici';
import { RealmVisitor } from '../../support/realm-visitor.ts';
import { ContractBrowser, type Visit } from '../contract-browser.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A person at a browser of their own, in front of the proxy: keeps cookies by path, sends forms with their word. */
export class MatrixPerson {
  readonly browser: ContractBrowser;
  readonly #at: string;

  constructor(at: string) {
    this.#at = at;
    this.browser = new ContractBrowser(at, at);
  }

  get(path: string): Promise<Visit> {
    return this.browser.visit(path);
  }

  /** Goes there as a link does, and answers with where it ended. */
  async go(path: string): Promise<Visit & { readonly path: string }> {
    const way = await this.browser.follow(path);
    const last = way.at(-1);
    if (last === undefined) throw new Error(`nowhere from ${path}`);
    return last;
  }

  post(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Visit> {
    const word = this.browser.cookies('/hub/').find(({ name }) => name === '_xsrf')?.value ?? '';
    const form = new URLSearchParams({ _xsrf: word, ...fields });
    return this.browser.visit(path, 'POST', FORM, form.toString());
  }

  /** By the form of the sign-in page. */
  async signInByForm(fields: Readonly<Record<string, string>>): Promise<Visit> {
    await this.get('/hub/login');
    return await this.post('/hub/login', fields);
  }

  /** By a provider's button: over there, and back with what it says. */
  async signInBy(provider: string): Promise<Visit> {
    await this.get('/hub/login');
    const begun = await this.get(`/hub/oauth_login?provider=${provider}&next=%2Fhub%2Fhome`);
    if (begun.location === null) return begun;
    const back = await this.#passProvider(provider, begun.location);
    return await this.get(`${back.pathname}${back.search}`);
  }

  async #passProvider(provider: string, location: string): Promise<URL> {
    if (provider !== 'github') return await new RealmVisitor().follow(location);
    const answer = await request(location);
    await answer.body.dump();
    return new URL(String(answer.headers.location));
  }

  /** The cookie header that somebody could have copied. */
  copiedCookies(path = '/hub/'): string {
    return this.browser
      .cookies(path)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  /** With cookies that were copied, as somebody else would. */
  async getWith(cookie: string, path: string): Promise<number> {
    const answer = await request(`${this.#at}${path}`, { headers: { cookie, accept: 'text/html' } });
    await answer.body.dump();
    return answer.statusCode;
  }

  async isIn(): Promise<boolean> {
    return (await this.get('/hub/home')).status === 200;
  }

  /** Makes a token on the page for tokens. */
  async makeToken(): Promise<string> {
    await this.get('/hub/token');
    const { text } = await this.post('/hub/token', { note: 'matrix', expires: '3600' });
    const word = /data-copy="([0-9a-f]{32,})"/.exec(text)?.[1];
    if (word === undefined) throw new Error(`no token on the page: ${text.slice(0, 300)}`);
    return word;
  }

  async whoami(token: string): Promise<{ status: number; name: unknown }> {
    const answer = await request(`${this.#at}/hub/api/user`, {
      headers: { authorization: `token ${token}` },
    });
    const model = (await answer.body.json()) as { name?: unknown };
    return { status: answer.statusCode, name: model.name };
  }
}
