import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeGenericOAuth } from '../../../hub/src/adapters/identity/generic-oauth.ts';
import type { GenericOAuthSettings } from '../../../hub/src/adapters/identity/generic-oauth-settings.ts';
import { makeGitHub } from '../../../hub/src/adapters/identity/github.ts';
import { systemClock } from '../../../hub/src/adapters/system/clock.ts';
import { systemRandom } from '../../../hub/src/adapters/system/random.ts';
import type { Hub } from '../../../hub/src/http/hub.ts';
import { openRouters, pageRouters } from '../../../hub/src/http/pages/page-routers.ts';
import { problemPage } from '../../../hub/src/http/pages/problem-page.ts';
import { makePagesApp } from '../../../hub/src/http/pages-app.ts';
import { makeSignIn, type SignInUnderTest } from '../../../hub/test/make-sign-in.ts';
import { StandInGitHub } from '../../stand-ins/github.ts';
import { StandInIdentityProvider } from '../../stand-ins/identity-provider.ts';
import { type ContractHub, openContractHub } from '../../support/contract-hub.ts';
import { realmSettings } from '../../support/realm-settings.ts';
import { RealmVisitor } from '../../support/realm-visitor.ts';
import { Visitor, type VisitorReply } from '../../support/visitor.ts';

export interface RealmHouseOptions {
  readonly autoLogin?: boolean;
  /** GitHub beside the realm. */
  readonly github?: boolean;
  readonly settings?: Partial<GenericOAuthSettings>;
}

/** What the hub wrote to its log: for tests that look for what must not stand there. */
export interface KeptLog {
  readonly lines: string[];
}

/** All pages of the hub on a real port with a real store, and a realm that vouches for people. */
export class RealmHouse {
  readonly origin: string;
  readonly realm: StandInIdentityProvider;
  readonly github: StandInGitHub;
  readonly signIn: SignInUnderTest;
  readonly log: KeptLog;
  readonly #frame: ContractHub;
  readonly #server: Server;

  private constructor(parts: {
    readonly origin: string;
    readonly realm: StandInIdentityProvider;
    readonly github: StandInGitHub;
    readonly signIn: SignInUnderTest;
    readonly frame: ContractHub;
    readonly server: Server;
    readonly log: KeptLog;
  }) {
    this.origin = parts.origin;
    this.realm = parts.realm;
    this.github = parts.github;
    this.signIn = parts.signIn;
    this.log = parts.log;
    this.#frame = parts.frame;
    this.#server = parts.server;
  }

  static async open(options: RealmHouseOptions = {}): Promise<RealmHouse> {
    const signIn = await makeSignIn({
      allowAll: true,
      manageGroups: options.settings?.manageGroups ?? false,
    });
    // Tokens and answers carry the time of the day.
    signIn.time.now = Date.now();
    const frame = await openContractHub();
    const github = await StandInGitHub.listen();
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const callbackUrl = `${origin}/hub/oauth_callback`;
    const realm = await StandInIdentityProvider.listen(
      { callbackUrl, backchannelUrl: `${origin}/hub/oauth_backchannel_logout` },
      { name: 'localhost' },
    );
    const ports = { clock: systemClock, random: systemRandom };
    if (options.github === true) signIn.providers.push(gitHubOf(github, callbackUrl, ports));
    signIn.providers.push(makeGenericOAuth(realmSettings(realm, callbackUrl, options.settings), ports));
    const log: KeptLog = { lines: [] };
    const keep = (what: Readonly<Record<string, unknown>>, message: string): void => {
      const { error } = what;
      const told = error instanceof Error ? [error.message, error.stack, String(error.cause)] : [];
      log.lines.push(JSON.stringify([what, message, told]));
    };
    const hub: Hub = {
      ...frame.hub,
      ...signIn,
      log: { info: keep, warn: keep, error: keep },
      tables: signIn.store,
      settings: { ...frame.hub.settings, autoLogin: options.autoLogin ?? false },
    };
    const doors = { open: openRouters(hub), pages: pageRouters(hub), showProblem: problemPage(hub) };
    server.on('request', makePagesApp(hub, doors).callback());
    return new RealmHouse({ origin, realm, github, signIn, frame, server, log });
  }

  /** A person of the realm at a browser of their own, on the way to `next`. */
  async arrive(name: string, next = '/hub/home', groups: readonly string[] = []): Promise<Arrival> {
    this.realm.current = this.realm.add(name, groups).sub;
    const visitor = new Visitor(this.origin);
    const elsewhere = new RealmVisitor();
    const reply = await this.pass(visitor, elsewhere, next);
    return { visitor, elsewhere, reply };
  }

  /** From the sign-in page over the realm and back; answers with what the callback says. */
  async pass(visitor: Visitor, elsewhere: RealmVisitor, next = '/hub/home'): Promise<VisitorReply> {
    const back = await this.comeBack(visitor, elsewhere, next);
    return await visitor.get(`${back.pathname}${back.search}`);
  }

  /** As far as the address that the realm sends the browser back to. */
  async comeBack(visitor: Visitor, elsewhere: RealmVisitor, next = '/hub/home'): Promise<URL> {
    await visitor.get('/hub/login?auto_login=0');
    const begun = await visitor.get(
      `/hub/oauth_login?provider=generic-oauth&next=${encodeURIComponent(next)}`,
    );
    if (begun.status !== 302) throw new Error(`${begun.status} ${begun.text.slice(0, 300)}`);
    return await elsewhere.follow(begun.location);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
    await this.realm.close();
    await this.github.close();
    await this.#frame.close();
    await this.signIn.close();
  }
}

export interface Arrival {
  readonly visitor: Visitor;
  readonly elsewhere: RealmVisitor;
  readonly reply: VisitorReply;
}

function gitHubOf(
  github: StandInGitHub,
  callbackUrl: string,
  ports: { readonly clock: typeof systemClock; readonly random: typeof systemRandom },
) {
  const { clientId, clientSecret, port } = github;
  const url = `http://127.0.0.1:${port}`;
  return makeGitHub({ clientId, clientSecret, callbackUrl, url, organizations: [], teams: false }, ports);
}
