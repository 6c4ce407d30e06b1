import { z } from 'zod';
import type { Caller } from '../../domain/caller.ts';
import { holds } from '../../domain/scope.ts';
import type { Token } from '../../domain/token.ts';
import type { User } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import { answerEmpty, answerJson } from './answer.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { findUser } from './find-user.ts';
import { groupsOf } from './groups-of.ts';
import { presentToken } from './present-token.ts';
import { notFound, Refusal } from './refusal.ts';

const words = (key: string) =>
  z
    .array(z.string().max(1024), { error: `token ${key} must be null or a list of strings` })
    .max(500)
    .nullish();

const newToken = z
  .strictObject(
    {
      note: z.string({ error: 'token note must be a string' }).nullish(),
      expires_in: z.int({ error: 'token expires_in must be null or integer' }).nullish(),
      scopes: words('scopes'),
      roles: words('roles'),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys' ? undefined : 'Body must be a JSON dict or empty',
    },
  )
  .nullish();

/** `/users/:name/tokens`: API tokens, and those that notebooks got. */
export const tokensEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/users/:name/tokens',
    summary: "List a user's tokens, the longest unused first",
    access: { kind: 'one', on: 'user', any: ['read:tokens'] },
    answers: { 200: { description: 'Tokens', model: 'TokenList' }, 404: { description: 'No such user' } },
    handle: ({ ctx, hub, param }) => {
      const user = tokenOwner(hub, param('name'));
      const seen = (token: Token): number => token.lastActivity ?? token.created;
      const tokens = livingTokens(hub, user).toSorted((a, b) => seen(a) - seen(b));
      answerJson(ctx, { api_tokens: tokens.map((token) => presentToken(hub, token, user)) });
    },
  },
  endpoint({
    method: 'POST',
    path: '/users/:name/tokens',
    summary: 'Make a token; it is shown this once. Needs `tokens` for that user',
    access: { kind: 'identity' },
    body: newToken,
    answers: {
      201: { description: 'The token', model: 'NewToken' },
      400: { description: 'More than its owner may do, an unknown scope, or too long a life' },
      403: { description: 'More than the credentials it was asked with' },
    },
    handle: issue,
  }),
  {
    method: 'GET',
    path: '/users/:name/tokens/:token',
    summary: 'One token',
    access: { kind: 'one', on: 'user', any: ['read:tokens'] },
    answers: { 200: { description: 'The token', model: 'Token' }, 404: { description: 'No such token' } },
    handle: ({ ctx, hub, param }) => {
      const user = tokenOwner(hub, param('name'));
      answerJson(ctx, presentToken(hub, findToken(hub, user, param('token')), user));
    },
  },
  {
    method: 'DELETE',
    path: '/users/:name/tokens/:token',
    summary: 'Revoke a token; with one of an OAuth client, all of that client',
    access: { kind: 'one', on: 'user', any: ['tokens'] },
    answers: { 204: { description: 'It opens nothing any more' }, 404: { description: 'No such token' } },
    handle: async ({ ctx, hub, param }) => {
      const user = tokenOwner(hub, param('name'));
      await hub.revokeToken(findToken(hub, user, param('token')));
      answerEmpty(ctx, 204);
    },
  },
];

async function issue({ ctx, hub, caller, param, body }: Call<z.infer<typeof newToken>>): Promise<void> {
  const owner = hub.tables.users.get(param('name'));
  if (owner === undefined || !mayIssue(hub, caller, owner)) {
    const kind = caller.kind === 'service' ? 'Service' : 'User';
    const message = `${kind} ${param('name').slice(0, 80)} not found or no permissions to generate tokens`;
    throw new Refusal(403, message);
  }
  const answer = await hub.issueToken({
    caller,
    owner,
    note: body?.note || null,
    expiresIn: body?.expires_in ?? null,
    scopes: body?.scopes ?? null,
    roles: body?.roles ?? null,
  });
  if (answer.kind === 'refused') throw new Refusal(answer.status, answer.message);
  answerJson(ctx, { ...presentToken(hub, answer.token, owner), token: answer.word }, 201);
}

function mayIssue(hub: Hub, caller: Caller, owner: User): boolean {
  return holds(caller.scopes, 'tokens', { kind: 'user', value: owner.name }, groupsOf(hub));
}

function tokenOwner(hub: Hub, name: string): User {
  return findUser(hub, name, `No such user: ${name.slice(0, 80)}`);
}

function livingTokens(hub: Hub, user: User): readonly Token[] {
  const now = hub.clock.now();
  return hub.tables.tokens
    .where('user', user.name)
    .filter((token) => token.expires === null || token.expires > now);
}

function findToken(hub: Hub, user: User, id: string): Token {
  const token = livingTokens(hub, user).find((one) => one.id === id);
  if (token === undefined) throw notFound(`No such token ${id.slice(0, 80)} for user ${user.name}`);
  return token;
}
