import { identifyScopes } from '../../domain/granted-scopes.ts';
import { tidy } from '../../domain/scope.ts';
import { answerJson } from './answer.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { findUser } from './find-user.ts';
import { presentService } from './present-service.ts';
import { presentUser } from './present-user.ts';
import { notFound, Refusal } from './refusal.ts';

const REMOVED =
  'Deprecated endpoint /hub/api/authorizations/token is removed in JupyterHub 2.0. Use /hub/api/users/:user/tokens instead.';

const removed = (path: string): Endpoint => ({
  method: 'POST',
  path,
  summary: 'Removed in JupyterHub 2',
  access: { kind: 'open' },
  answers: { 404: { description: 'Use /users/:name/tokens' } },
  handle: () => {
    throw notFound(REMOVED);
  },
});

/** What JupyterHub has given up but old clients still ask. */
export const deprecatedEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/authorizations/token/:token',
    summary: 'Whose token that is; ask /user instead',
    access: { kind: 'identity' },
    answers: { 200: { description: 'Its owner', model: 'Owner' }, 404: { description: 'No such token' } },
    handle: ownerOfToken,
  },
  removed('/authorizations/token'),
  removed('/authorizations/token/:token'),
  {
    method: 'GET',
    path: '/authorizations/cookie/:name/:token',
    summary: 'Whose cookie that is: cookies of this hub tell nobody but the hub',
    access: { kind: 'identity' },
    answers: { 404: { description: 'No such cookie' } },
    handle: () => {
      throw notFound();
    },
  },
  {
    method: 'POST',
    path: '/users/:name/admin-access',
    summary: 'Not needed since JupyterHub 0.8: administrators enter by OAuth',
    access: { kind: 'one', on: 'user', any: ['servers'] },
    answers: { 403: { description: 'Always' } },
    handle: ({ hub, param }) => {
      findUser(hub, param('name'));
      throw new Refusal(403, 'admin access to user servers disabled');
    },
  },
];

/** By token only: a cookie must not help to try tokens out. */
function ownerOfToken({ ctx, hub, caller, param }: Call): void {
  if (caller.kind === 'session') throw new Refusal(403, 'Missing or invalid credentials.');
  const owner = hub.identifyToken(param('token'));
  if (owner === null || owner.kind === 'session') throw notFound();
  if (owner.kind === 'service') {
    answerJson(ctx, presentService(hub, caller, owner.service));
    return;
  }
  const scopes = tidy([...caller.scopes, ...identifyScopes(owner.user.name)]);
  answerJson(ctx, presentUser(hub, caller, owner.user, { scopes }));
}
