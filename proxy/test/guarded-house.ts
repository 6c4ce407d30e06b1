import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { WebSocketServer } from 'ws';
import type { RouteGuard } from '../src/contract.ts';
import { visitCookieName } from '../src/guard/guard.ts';
import { addRoute, httpServer, proxyWith } from './harness.ts';

export const PATH = '/user/alice/studio';
export const AUDIENCE = `${PATH}/`;
export const COOKIE = visitCookieName(AUDIENCE);

export interface VisitWish {
  sub?: string;
  aud?: string;
  /** Seconds from now. */
  iat?: number;
  exp?: number;
}

/** One who signs visits, as a hub does. */
export function signer() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  if (x === undefined) throw new Error('no public key');
  return {
    key: x,
    visit({ sub = 'bob', aud = AUDIENCE, iat = -1, exp = 300 }: VisitWish = {}, alg = 'EdDSA'): string {
      const now = Date.now() / 1000;
      const secret = randomBytes(24).toString('base64url');
      const cnf = createHash('sha256').update(secret).digest('base64url');
      const claims = { iss: '/', sub, aud, iat: now + iat, exp: now + exp, sid: 's', cnf };
      const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const head = `${part({ alg, typ: 'JWT' })}.${part(claims)}`;
      return `${head}.${sign(null, Buffer.from(head), privateKey).toString('base64url')}~${secret}`;
    },
  };
}

type Answer = 'away' | 'over' | VisitWish;

/** A real proxy with a guarded route, a server behind it that tells what it saw, and a hub that answers as told. */
export async function guardedHouse(data: Record<string, unknown> = {}, args: string[] = []) {
  const hubKeys = signer();
  const seen: { url: string; headers: IncomingHttpHeaders }[] = [];
  const upgrades: IncomingHttpHeaders[] = [];
  const asked: string[] = [];
  const state: { answer: Answer; delay: number } = { answer: {}, delay: 0 };
  const app = await httpServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    const path = request.url?.split('?', 1)[0] ?? '';
    if (path.endsWith('/go')) response.writeHead(302, { location: '/there?x=1' });
    if (path.endsWith('/set'))
      response.setHeader('set-cookie', ['mine=1; Path=/; HttpOnly', `${COOKIE}=planted; Path=${AUDIENCE}`]);
    response.end('hello');
  });
  new WebSocketServer({ server: app.server }).on('connection', (socket, request) => {
    upgrades.push(request.headers);
    socket.on('message', (text) => socket.send(String(text)));
  });
  const hub = await httpServer((request, response) => {
    if (request.url !== '/hub/guard/renew' || request.method !== 'POST') {
      response.end('the hub');
      return;
    }
    asked.push(String(request.headers['x-berth-visit']));
    setTimeout(() => {
      const { answer } = state;
      if (answer === 'away') response.writeHead(502).end();
      else if (answer === 'over') response.writeHead(403).end('{}');
      else response.end(JSON.stringify({ cookie: hubKeys.visit(answer) }));
    }, state.delay);
  });
  const proxy = await proxyWith(...args);
  addRoute(proxy, '/', hub.url, { hub: true });
  const guard: RouteGuard = {
    key: hubKeys.key,
    audience: AUDIENCE,
    door: '/hub/guard',
    renew: '/hub/guard/renew',
  };
  const give = (more: Partial<RouteGuard> = {}): void =>
    addRoute(proxy, PATH, app.url, {
      user: 'alice',
      server_name: 'studio',
      guard: { ...guard, ...more },
      ...data,
    });
  give();
  return { proxy, app, hub, hubKeys, guard, give, seen, upgrades, asked, state, port: proxy.publicPort };
}

export const withCookie = (value: string): Record<string, string> => ({
  cookie: `a=1; ${COOKIE}=${value}; b=2`,
});
