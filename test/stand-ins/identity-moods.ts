import type { ServerResponse } from 'node:http';
import { type CryptoKey, decodeJwt, generateKeyPair, SignJWT } from 'jose';

/** How the stand-in misbehaves, when a test wants it to. */
export type IdentityMood =
  | 'well'
  | 'denies'
  | 'silent'
  | 'discovery-500'
  | 'discovery-garbage'
  | 'discovery-other-issuer'
  | 'jwks-500'
  | 'jwks-empty'
  | 'token-500'
  | 'token-garbage'
  | 'token-drips'
  | 'token-empty'
  | 'token-error-200'
  | 'token-endless'
  | 'token-redirects'
  | 'token-invalid-grant'
  | 'token-invalid-client'
  | 'no-id-token'
  | 'wrong-signature'
  | 'alg-none'
  | 'shared-secret'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'wrong-nonce'
  | 'no-nonce'
  | 'clock-ahead'
  | 'clock-behind'
  | 'clock-a-little-behind'
  | 'userinfo-500'
  | 'userinfo-401'
  | 'userinfo-403'
  | 'userinfo-garbage'
  | 'userinfo-other-sub'
  | 'other-iss'
  | 'no-iss';

export interface RealmKey {
  readonly privateKey: CryptoKey;
  readonly kid: string;
}

interface Whole {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Hands `whole` on, or what the mood makes of it. */
export async function answerInMood(
  mood: IdentityMood,
  key: RealmKey,
  path: string,
  answer: ServerResponse,
  whole: Whole,
): Promise<void> {
  if (mood === 'silent') return;
  const [what, how] = [placeOf(path), mood];
  if (how === `${what}-500`) return void answer.writeHead(500).end('the realm is on fire, token=SECRET-BODY');
  if (how === `${what}-401`) return void answer.writeHead(401).end();
  if (how === `${what}-403`)
    return void answer.writeHead(403, { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' }).end();
  if (how === `${what}-garbage`) {
    return void answer
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end('\u0000{"access_token":"SECRET-BODY');
  }
  if (what === 'token') return await answerToken(mood, key, answer, whole);
  const text = spoil(mood, what, whole.text);
  const headers = { ...whole.headers };
  if (typeof headers.location === 'string') headers.location = otherSender(mood, headers.location);
  delete headers['content-length'];
  delete headers['transfer-encoding'];
  answer.writeHead(whole.status, headers).end(text);
}

/** With these claims and nothing else. */
export async function signToken(
  key: RealmKey,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { alg = 'RS256', ...rest } = header;
  if (alg === 'none') return `${part({ alg, ...rest })}.${part(claims)}.`;
  const signer = new SignJWT({ ...claims }).setProtectedHeader({ alg, kid: key.kid, ...rest });
  return await signer.sign(alg === 'HS256' ? new TextEncoder().encode(key.kid.repeat(8)) : key.privateKey);
}

function placeOf(path: string): string {
  if (path.includes('/.well-known/')) return 'discovery';
  const last = path.split('/').at(-1) ?? '';
  return { certs: 'jwks', token: 'token', userinfo: 'userinfo' }[last] ?? 'page';
}

function spoil(mood: IdentityMood, what: string, text: string): string {
  if (what === 'discovery' && mood === 'discovery-other-issuer') {
    return JSON.stringify({ ...JSON.parse(text), issuer: 'https://evil.example/realms/other' });
  }
  if (what === 'jwks' && mood === 'jwks-empty') return '{"keys":[]}';
  if (what === 'userinfo' && mood === 'userinfo-other-sub') {
    return JSON.stringify({ ...JSON.parse(text), sub: 'id-of-somebody-else', preferred_username: 'root' });
  }
  return text;
}

/** The browser is sent back as if by another provider, or by one that does not say which it is. */
function otherSender(mood: IdentityMood, location: string): string {
  const url = URL.parse(location);
  if (url === null || !url.searchParams.has('iss')) return location;
  if (mood === 'other-iss') url.searchParams.set('iss', 'https://evil.example');
  if (mood === 'no-iss') url.searchParams.delete('iss');
  return url.href;
}

async function answerToken(
  mood: IdentityMood,
  key: RealmKey,
  answer: ServerResponse,
  whole: Whole,
): Promise<void> {
  const json = { 'Content-Type': 'application/json' };
  switch (mood) {
    case 'token-redirects':
      return void answer.writeHead(307, { Location: 'http://127.0.0.1:9/stolen' }).end();
    case 'token-invalid-grant':
      return void answer
        .writeHead(400, json)
        .end('{"error":"invalid_grant","error_description":"SECRET-BODY"}');
    case 'token-empty':
      return void answer.writeHead(200, json).end();
    case 'token-error-200':
      return void answer.writeHead(200, json).end('{"error":"server_error"}');
    case 'token-invalid-client':
      return void answer.writeHead(401, json).end('{"error":"invalid_client"}');
    case 'token-drips':
      return drip(answer, whole.text);
    case 'token-endless':
      return pour(answer);
  }
  const body: Record<string, unknown> = JSON.parse(whole.text);
  if (typeof body.id_token === 'string') {
    const bent = await bend(mood, key, body.id_token);
    if (bent === null) delete body.id_token;
    else body.id_token = bent;
  }
  answer.writeHead(whole.status, json).end(JSON.stringify(body));
}

/** A letter a second: each read is quick, the whole never ends. */
function drip(answer: ServerResponse, text: string): void {
  answer.writeHead(200, { 'Content-Type': 'application/json' });
  let at = 0;
  const timer = setInterval(() => answer.write(text[at++] ?? ' '), 1000);
  answer.on('close', () => clearInterval(timer));
}

function pour(answer: ServerResponse): void {
  answer.writeHead(200, { 'Content-Type': 'application/json' });
  const piece = Buffer.alloc(64 * 1024, 'a');
  const more = (): void => {
    while (!answer.destroyed && answer.write(piece));
  };
  answer.on('drain', more).write('{"access_token":"');
  more();
}

/** The identity token, gone wrong in one way. */
async function bend(mood: IdentityMood, key: RealmKey, token: string): Promise<string | null> {
  const claims: Record<string, unknown> = decodeJwt(token);
  const now = Math.floor(Date.now() / 1000);
  switch (mood) {
    case 'no-id-token':
      return null;
    case 'wrong-signature':
      return await signToken({ ...key, privateKey: (await generateKeyPair('RS256')).privateKey }, claims);
    case 'alg-none':
      return await signToken(key, claims, { alg: 'none' });
    case 'shared-secret':
      return await signToken(key, claims, { alg: 'HS256' });
    case 'wrong-issuer':
      return await signToken(key, { ...claims, iss: 'https://evil.example' });
    case 'wrong-audience':
      return await signToken(key, { ...claims, aud: 'another-client' });
    case 'wrong-nonce':
      return await signToken(key, { ...claims, nonce: 'of another sign-in' });
    case 'no-nonce': {
      const { nonce: _dropped, ...rest } = claims;
      return await signToken(key, rest);
    }
    case 'clock-ahead':
      return await signToken(key, { ...claims, iat: now + 3600, exp: now + 7200 });
    case 'clock-behind':
      return await signToken(key, { ...claims, iat: now - 7200, exp: now - 3600 });
    case 'clock-a-little-behind':
      return await signToken(key, { ...claims, iat: now - 630, exp: now - 30 });
  }
  return token;
}

function part(of: unknown): string {
  return Buffer.from(JSON.stringify(of)).toString('base64url');
}
