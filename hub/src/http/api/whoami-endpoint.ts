import { identifyScopes } from '../../domain/granted-scopes.ts';
import { holds, resolveGroups, type Scopes, tidy } from '../../domain/scope.ts';
import type { Token } from '../../domain/token.ts';
import { answerText } from './answer.ts';
import type { Endpoint } from './endpoint.ts';
import { presentService } from './present-service.ts';
import { queryFlag } from './query.ts';
import { Refusal } from './refusal.ts';
import { userText } from './user-text.ts';

/**
 * `GET /user`: whose credentials these are. Every notebook asks it for every visitor, so its scopes are
 * written out to the last group member: `jupyterhub-singleuser` does not know groups (contract §0.5).
 */
export const whoamiEndpoint: Endpoint = {
  method: 'GET',
  path: '/user',
  summary: 'Whose credentials these are, and what they may do',
  access: { kind: 'identity' },
  answers: {
    200: { description: 'The user or service, with token_id, session_id and scopes', model: 'Identity' },
  },
  handle: ({ ctx, hub, caller }) => {
    const members = (group: string) => hub.tables.users.where('group', group).map((user) => user.name);
    const scopes = resolveGroups(caller.scopes, members);
    if (caller.kind === 'service') {
      const own = tidy([...caller.scopes, `read:services:name!service=${caller.service.name}`]);
      const model = JSON.stringify(presentService(hub, { scopes: own }, caller.service));
      answerText(ctx, withCredentials(model, caller.service.tokenId, null, scopes));
      return;
    }
    const own = withIdentity(caller.scopes, caller.user.name);
    const stopped = queryFlag(ctx.query.include_stopped_servers);
    const model = userText(hub, caller, caller.user, { scopes: own, stopped });
    if (model === null) throw new Refusal(403, 'Forbidden');
    if (caller.kind === 'token') answerText(ctx, answerFor(caller.token, model, scopes));
    else answerText(ctx, withCredentials(model, null, null, scopes));
  },
};

/** Nearly all credentials can name their owner anyway; a list that is kept is also read only once. */
function withIdentity(scopes: Scopes, user: string): Scopes {
  const on = { kind: 'user', value: user } as const;
  const known = holds(scopes, 'read:users:name', on) && holds(scopes, 'read:users:groups', on);
  return known ? scopes : tidy([...scopes, ...identifyScopes(user)]);
}

// Tokens, models and scopes are never changed in place: of the same ones the answer is the same.
const told = new WeakMap<Token, { readonly model: string; readonly scopes: Scopes; readonly text: string }>();

function answerFor(token: Token, model: string, scopes: Scopes): string {
  const last = told.get(token);
  if (last?.model === model && last.scopes === scopes) return last.text;
  const text = withCredentials(model, token.id, token.sessionId, scopes);
  told.set(token, { model, scopes, text });
  return text;
}

/** The model, which always has its `kind`, with what was shown and what that allows. */
function withCredentials(
  model: string,
  tokenId: string | null,
  sessionId: string | null,
  scopes: Scopes,
): string {
  const [id, session] = [JSON.stringify(tokenId), JSON.stringify(sessionId)];
  return `${model.slice(0, -1)},"token_id":${id},"session_id":${session},"scopes":${JSON.stringify(scopes)}}`;
}
