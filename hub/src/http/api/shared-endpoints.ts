import { serverKey } from '../../domain/server.ts';
import { granteeKey, isShareAlive, type Share, shareKey } from '../../domain/share.ts';
import { sharesWith } from '../../domain/shares-with.ts';
import { answerEmpty, answerJson } from './answer.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { findUser } from './find-user.ts';
import { answerShareList, presentShare } from './present-share.ts';
import { notFound, Refusal } from './refusal.ts';
import { giverOf } from './shares-endpoints.ts';

const query = { offset: 'First to show', limit: 'How many' };

/** `/users/:name/shared…` and `/groups/:name/shared…`: from the side of those with whom something is shared. */
export const sharedEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/users/:name/shared',
    summary: 'What is shared with somebody, by name, through their groups and with everyone',
    access: { kind: 'one', on: 'user', any: ['read:users:shares'] },
    query,
    answers: { 200: { description: 'Shares', model: 'ShareList' }, 404: { description: 'No such user' } },
    handle: ({ ctx, hub, param }) => {
      const user = findUser(hub, param('name'), `No such user: ${param('name').slice(0, 160)}`);
      answerShareList(ctx, hub, sharesWith(hub.tables, user, hub.clock.now()));
    },
  },
  {
    method: 'GET',
    path: '/groups/:name/shared',
    summary: 'What is shared with a group',
    access: { kind: 'one', on: 'group', any: ['read:groups:shares'] },
    query,
    answers: { 200: { description: 'Shares', model: 'ShareList' }, 404: { description: 'No such group' } },
    handle: ({ ctx, hub, param }) => {
      const { name } = groupOf(hub, param('name'));
      const now = hub.clock.now();
      const all = hub.tables.shares.where('to', granteeKey({ kind: 'group', name }));
      answerShareList(
        ctx,
        hub,
        all.filter((share) => isShareAlive(share, now)),
      );
    },
  },
  ...(['user', 'group'] as const).flatMap((kind) =>
    [`/${kind}s/:name/shared/:owner/`, `/${kind}s/:name/shared/:owner/:server`].flatMap((path) =>
      one(kind, path),
    ),
  ),
];

/** One share, to be read and to be given back by those who have it. */
function one(kind: 'user' | 'group', path: string): readonly Endpoint[] {
  return [
    {
      method: 'GET',
      path,
      summary: `One server that is shared with a ${kind}`,
      access: { kind: 'one', on: kind, any: [`read:${kind}s:shares`] },
      answers: {
        200: { description: 'The share', model: 'Share' },
        404: { description: 'It is not shared' },
      },
      handle: (call) => answerJson(call.ctx, presentShare(call.hub, find(kind, call))),
    },
    {
      method: 'DELETE',
      path,
      summary: `Give back what is shared with a ${kind}`,
      access: { kind: 'one', on: kind, any: [`${kind}s:shares`] },
      quiet: true,
      answers: { 204: { description: 'It is not shared any more' }, 404: { description: 'It was not' } },
      handle: async (call) => {
        const { owner, server, to } = find(kind, call);
        await call.hub.shares.revoke({ owner, server, to, scopes: null, ...giverOf(call) });
        answerEmpty(call.ctx, 204);
      },
    },
  ];
}

/** @throws Refusal 404, with JupyterHub's sentence. */
function find(kind: 'user' | 'group', { hub, param }: Pick<Call, 'hub' | 'param'>): Share {
  const [name, owner, server] = [param('name'), param('owner'), param('server')];
  if (kind === 'group') groupOf(hub, name);
  const share = hub.tables.shares.get(shareKey({ owner, server, to: { kind, name } }));
  if (share !== undefined && isShareAlive(share, hub.clock.now())) return share;
  const on = serverKey(owner, server).slice(0, 160);
  throw new Refusal(404, `No such share for ${kind} ${name.slice(0, 160)} on ${on}`);
}

function groupOf(hub: Call['hub'], name: string) {
  const group = hub.tables.groups.get(name);
  if (group === undefined) throw notFound(`No such group: ${name.slice(0, 160)}`);
  return group;
}
