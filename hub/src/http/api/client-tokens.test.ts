import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Reply, wordOf } from '../../../../test/support/contract-call.ts';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';
import type { Session } from '../../domain/session.ts';

// A service that people sign in to gets a token of theirs, and may make more with it if it was given `tokens`. Whatever it
// makes ends when what it was given ends.
const SECRET = 'a-word-of-the-service-alone';

let house: PagesHouse;
let session: Session;
/** What the service got for alice. */
let given: string;

beforeEach(async () => {
  const role = { name: 'grades', description: '', scopes: ['access:services'], groups: [], services: [] };
  house = await openPagesHouse({ roles: [{ ...role, users: ['alice', 'mary'] }] });
  await house.addUser('alice');
  await house.addUser('mary', { admin: true });
  await offerService();
  ({ session, given } = await enter('alice'));
});

afterEach(() => house.close());

const call = (method: string, path: string, token: string, body?: unknown) =>
  house.call(method, `/hub/api${path}`, { token, body });
const whoami = async (token: string) => (await call('GET', '/user', token)).status;
const make = (token: string, body: unknown = {}, user = 'alice') =>
  call('POST', `/users/${user}/tokens`, token, body);

const offerService = () =>
  house.hub.changeServices.configure([
    { name: 'grades', url: 'http://10.0.0.9:1', apiToken: SECRET, allowedScopes: ['inherit'], trusted: true },
  ]);

/** Signs in, goes through the service's door, and answers what the service has then. */
async function enter(name: string): Promise<{ session: Session; given: string }> {
  const { cookie, session: opened } = await house.signIn(name);
  const redirect_uri = '/services/grades/oauth_callback';
  const asked = { client_id: 'service-grades', redirect_uri, response_type: 'code' };
  const entry = await house.call('GET', `/hub/api/oauth2/authorize?${new URLSearchParams(asked)}`, {
    cookie,
  });
  const form = {
    client_id: 'service-grades',
    client_secret: SECRET,
    grant_type: 'authorization_code',
    code: new URL(String(entry.headers.location), 'http://hub.test').searchParams.get('code') ?? '',
    redirect_uri,
  };
  const token = wordOf(await house.call('POST', '/hub/api/oauth2/token', { form }), 'access_token');
  return { session: opened, given: token };
}

async function made(token: string, body: unknown = {}): Promise<{ word: string; reply: Reply }> {
  const reply = await make(token, body);
  expect(reply.status).toBe(201);
  const word = wordOf(reply, 'token');
  expect(await whoami(word)).toBe(200);
  return { word, reply };
}

test('what a service makes with a person’s token is over when that person signs out, and what it makes with that', async () => {
  const { word } = await made(given);
  const { word: second } = await made(word, { scopes: ['tokens!user'] });
  const other = await enter('alice');
  const own = await house.token('alice');
  await house.hub.signOut(session);
  expect([await whoami(given), await whoami(word), await whoami(second)]).toEqual([403, 403, 403]);
  expect([await whoami(other.given), await whoami(own)]).toEqual([200, 200]);
  expect(house.store.tokens.where('sessionId', session.sharedId)).toEqual([]);
});

test('it is over with the service, and stays so when one of that name comes again', async () => {
  const { word } = await made(given);
  await house.hub.changeServices.remove('grades');
  expect(await whoami(word)).toBe(403);
  await offerService();
  expect(await whoami(word)).toBe(403);
});

test('it goes with whatever of that service its person revokes, and is among what they can revoke', async () => {
  const { word, reply } = await made(given, { note: 'made by grades' });
  expect(reply.json).toMatchObject({ session_id: session.sharedId, oauth_client: 'Service grades' });
  const { text } = await house.get('/hub/token', 'alice');
  const id = wordOf(reply, 'id');
  expect(text).toContain('made by grades');
  expect(text).toContain(`/hub/token/revoke/${id}`);
  expect((await call('GET', '/users/alice/tokens', await house.token('alice'))).text).toContain(id);
  const first = wordOf(await call('GET', '/user', given), 'token_id');
  expect((await house.post(`/hub/token/revoke/${first}`, 'alice')).status).toBe(303);
  expect(await whoami(word)).toBe(403);
});

test('it is for the person who signed in and for nobody else, whatever that person may do', async () => {
  const { given: marys } = await enter('mary');
  expect(await make(marys, {}, 'alice')).toMatchObject({
    status: 403,
    json: { message: 'A token given to a client makes tokens for its own user only' },
  });
  expect((await make(marys, {}, 'mary')).status).toBe(201);
  expect((await make(await house.token('mary'), {}, 'alice')).status).toBe(201);
});

test('a service in a loop is told to stop, and leaves its person room for tokens of their own', async () => {
  const [one] = house.store.tokens.where('clientId', 'service-grades');
  if (one === undefined) throw new Error('the service has no token');
  await house.store.change((drafts) => {
    for (let n = 1; n < 1000; n += 1) drafts.tokens.put({ ...one, hash: `h${n}`, id: `a${n}` });
  });
  expect((await make(given)).status).toBe(429);
  expect((await make(await house.token('alice'))).status).toBe(201);
});
