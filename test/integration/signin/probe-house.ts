import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { sha256, systemRandom } from '../../../hub/src/adapters/system/random.ts';
import { makeSealer } from '../../../hub/src/adapters/system/sealer.ts';
import { loadSettings } from '../../../hub/src/config/load-settings.ts';
import type { Log } from '../../../hub/src/domain/ports.ts';
import { browserApi } from '../../../hub/src/http/api/api-door.ts';
import { authorizeRouter } from '../../../hub/src/http/api/authorize-router.ts';
import type { Hub } from '../../../hub/src/http/hub.ts';
import { openRouters, pageRouters } from '../../../hub/src/http/pages/page-routers.ts';
import { problemPage } from '../../../hub/src/http/pages/problem-page.ts';
import { behindApi, makePagesApp } from '../../../hub/src/http/pages-app.ts';
import { composeSignIn, makeAdmission } from '../../../hub/src/main-sign-in.ts';
import { makeIdentifyToken } from '../../../hub/src/usecases/identify-token.ts';
import { makeRefreshSession } from '../../../hub/src/usecases/refresh-session.ts';
import { makeSeeOff } from '../../../hub/src/usecases/see-off.ts';
import { StandInGitHub } from '../../stand-ins/github.ts';
import { openContractHub } from '../../support/contract-hub.ts';
import { Visitor, type VisitorReply } from '../../support/visitor.ts';

export type ProbeHouse = Awaited<ReturnType<typeof openProbeHouse>>;

/**
 * Pages and API on one port as a browser meets them, put together by `main-sign-in.ts` from settings: GitHub
 * and local accounts, real store, real log. Starts only move the record.
 */
export async function openProbeHouse(environment: Readonly<Record<string, string>> = {}) {
  const github = await StandInGitHub.listen();
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const loaded = loadSettings({
    GITHUB_CLIENT_ID: github.clientId,
    GITHUB_CLIENT_SECRET: github.clientSecret,
    GITHUB_URL: `http://127.0.0.1:${github.port}`,
    OAUTH_CALLBACK_URL: `${origin}/hub/oauth_callback`,
    ...environment,
  });
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  const { settings } = loaded;
  const lines: string[] = [];
  const note = (what: object, message: string): void => void lines.push(JSON.stringify({ ...what, message }));
  const log: Log = { info: note, warn: note, error: note };
  const frame = await openContractHub();
  const { store } = frame;
  const { clock, facts, roles } = frame.hub;
  const admission = makeAdmission(settings);
  const sealer = makeSealer([Buffer.alloc(32, 9)]);
  const digest = sha256;
  const base = {
    store,
    facts,
    clock,
    random: systemRandom,
    digest,
    sealer,
    roles,
    log,
    admission: admission.read,
  };
  const signIn = composeSignIn(settings, base);
  const end = new AbortController();
  const seeOff = makeSeeOff({
    ...base,
    ...frame,
    stopServer: frame.hub.stopServer,
    baseUrl: '/',
    signal: end.signal,
  });
  const refreshSession = makeRefreshSession({ ...base, providers: signIn.verbs.providers, seeOff });
  const hub: Hub = {
    ...frame.hub,
    ...signIn.verbs,
    settings: { ...frame.hub.settings, ...signIn.form, publicOrigin: origin },
    identifyToken: makeIdentifyToken(base),
    refreshSession,
    sealer,
    log,
  };
  const doors = {
    open: openRouters(hub),
    pages: [authorizeRouter(hub), ...pageRouters(hub)],
    showProblem: problemPage(hub),
  };
  server.on('request', behindApi(browserApi(hub), makePagesApp(hub, doors).callback()));

  return {
    ...frame,
    hub,
    github,
    origin,
    lines,
    seeOff,
    setUserlist: admission.setUserlist,
    visitor: () => new Visitor(origin),
    /** Goes to GitHub as somebody; answers the path that GitHub sends the browser back to. */
    async comeBack(visitor: Visitor, login: string, next = '/hub/home'): Promise<string> {
      github.current = login;
      await visitor.get('/hub/login');
      const { location } = await visitor.get(
        `/hub/oauth_login?provider=github&next=${encodeURIComponent(next)}`,
      );
      const answer = await request(location);
      await answer.body.dump();
      const back = new URL(String(answer.headers.location));
      return `${back.pathname}${back.search}`;
    },
    async signInBy(visitor: Visitor, login: string, next?: string): Promise<VisitorReply> {
      return await visitor.get(await this.comeBack(visitor, login, next));
    },
    /** By API with cookie or token, raw. */
    async send(
      method: string,
      path: string,
      headers: Readonly<Record<string, string>> = {},
      body?: string,
    ): Promise<{ status: number; text: string; headers: Readonly<Record<string, unknown>> }> {
      const answer = await request(`${origin}${path}`, {
        method: method as 'GET',
        headers: { ...headers },
        body: body ?? null,
      });
      return { status: answer.statusCode, text: await answer.body.text(), headers: answer.headers };
    },
    async close(): Promise<void> {
      end.abort();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await github.close();
      await frame.close();
    },
  };
}

export const JSON_TYPE = { 'content-type': 'application/json' };

/** With a lab's organisation at GitHub, two plain people and an administrator. */
export async function openLabHouse(): Promise<ProbeHouse> {
  const house = await openProbeHouse({ GITHUB_ALLOWED_ORGANIZATIONS: 'lab' });
  house.github.add('owner', 1);
  house.github.add('mona', 42);
  house.github.addOrganization('lab', ['owner', 'mona']);
  await house.addUser('alice');
  await house.addUser('bob');
  await house.addUser('mary', { admin: true });
  return house;
}

/** Everything that a refused call must leave as it was. */
export function stateOf({ store }: ProbeHouse): string {
  return JSON.stringify([
    [...store.users.values()].map(({ lastActivity: _, ...user }) => user),
    [...store.servers.values()].map(({ lastActivity: _, ...server }) => server),
    [...store.tokens.values()].map(({ lastActivity: _, ...token }) => token),
    [...store.groups.values()],
    [...store.credentials.values()],
  ]);
}

/** A call as somebody's browser would make it, with the word of their forms unless told otherwise. */
export async function byCookie(
  house: ProbeHouse,
  who: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
) {
  const { cookie, xsrf } = await house.signIn(who);
  return await house.send(method, path, { cookie, 'x-xsrftoken': xsrf, ...headers }, body);
}
