import { z } from 'zod';
import { type Caller, callerName } from '../../domain/caller.ts';
import { holds, isScope } from '../../domain/scope.ts';
import { serverKey } from '../../domain/server.ts';
import {
  accessScope,
  EVERYONE,
  type Grantee,
  isShareAlive,
  limitToServer,
  SHARE_SECONDS,
  type Share,
} from '../../domain/share.ts';
import type { Hub } from '../hub.ts';
import { answerEmpty, answerJson } from './answer.ts';
import { type Access, type Call, type Endpoint, endpoint } from './endpoint.ts';
import { groupsOf } from './groups-of.ts';
import { answerShareList, presentShare } from './present-share.ts';
import { Refusal } from './refusal.ts';

const ONE = 'Specify exactly one of `user`, `group` or `everyone`';
export const scopesField = z
  .array(z.string())
  .nullish()
  .transform((scopes, context) => {
    const unknown = (scopes ?? []).find((scope) => !isScope(scope));
    if (unknown !== undefined)
      context.addIssue({ code: 'custom', message: `Scope '${unknown}' does not exist` });
    return scopes === null || scopes === undefined || scopes.length === 0 ? null : scopes;
  });
/** Seconds until what it says is over. */
export const secondsField = (least: number, most: number) => z.int().min(least).max(most);

const people = {
  user: z.string().nullish(),
  group: z.string().nullish(),
  everyone: z.literal(true, { error: ONE }).optional(),
  scopes: scopesField,
};
const grantBody = z
  .strictObject({
    ...people,
    expires_in: secondsField(SHARE_SECONDS.least, SHARE_SECONDS.most).nullable().optional(),
  })
  .nullish();
// `expires_in` means nothing here; who sends the same body back shall not stumble over it.
const revokeBody = z.strictObject({ ...people, expires_in: z.unknown().optional() }).nullish();

const read: Access = { kind: 'one', on: 'server', any: ['read:shares'] };
const write: Access = { kind: 'one', on: 'server', any: ['shares'] };
// The default server has no name: `/shares/alice/`.
const PATHS = ['/shares/:name/', '/shares/:name/:server'] as const;

/** `/shares/:owner` and `/shares/:owner/:server`: who may open a server, and the giving and taking of it. */
export const sharesEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/shares/:name',
    summary: 'What somebody shares',
    access: { kind: 'one', on: 'user', any: ['read:shares'] },
    query: { offset: 'First to show', limit: 'How many' },
    answers: { 200: { description: 'Shares', model: 'ShareList' }, 404: { description: 'No such user' } },
    handle: ({ ctx, hub, param }) => {
      if (hub.tables.users.get(param('name')) === undefined) throw new Refusal(404, 'Not Found');
      answerShareList(ctx, hub, alive(hub, hub.tables.shares.where('owner', param('name'))));
    },
  },
  ...wholeServersOnly('/shares/:name', ['POST', 'PATCH', 'DELETE']),
  ...PATHS.flatMap((path): readonly Endpoint[] => [
    {
      method: 'GET',
      path,
      summary: 'With whom a server is shared',
      access: read,
      query: { offset: 'First to show', limit: 'How many' },
      answers: { 200: { description: 'Shares', model: 'ShareList' }, 404: { description: 'No such server' } },
      handle: ({ ctx, hub, param }) => {
        const { owner, server } = sharedServer(hub, param);
        answerShareList(ctx, hub, alive(hub, hub.tables.shares.where('server', serverKey(owner, server))));
      },
    },
    endpoint({
      method: 'POST',
      path,
      summary: 'Share a server',
      access: write,
      quiet: true,
      body: grantBody,
      answers: {
        200: { description: 'The share', model: 'Share' },
        400: { description: 'Nobody named, nobody of that name, or scopes that are not of this server' },
        403: { description: 'Scopes that the caller does not hold' },
      },
      handle: async (call) => {
        const { ctx, hub, caller, body } = call;
        const to = named(body ?? {});
        const scopes = scopesFor(call.param, body?.scopes ?? null);
        const at = sharedServer(hub, call.param);
        mayGive(hub, caller, scopes);
        knowPeople(hub, caller, to);
        const seconds = body?.expires_in;
        const expires = typeof seconds === 'number' ? hub.clock.now() + seconds * 1000 : seconds;
        const share = await hub.shares.grant({ ...at, ...giverOf(call), to, scopes, expires });
        answerJson(ctx, presentShare(hub, share));
      },
    }),
    endpoint({
      method: 'PATCH',
      path,
      summary: 'Take a share back, or some scopes of it',
      access: write,
      quiet: true,
      body: revokeBody,
      answers: {
        200: { description: 'What is left; an empty object when nothing is', model: 'ShareLeft' },
        400: { description: 'Nobody named' },
      },
      handle: async (call) => {
        const { ctx, hub, body } = call;
        const to = named(body ?? {});
        const at = sharedServer(hub, call.param);
        const left = await hub.shares.revoke({ ...at, ...giverOf(call), to, scopes: body?.scopes ?? null });
        answerJson(ctx, left === null ? {} : presentShare(hub, left));
      },
    }),
    {
      method: 'DELETE',
      path,
      summary: 'Take a server back from everybody',
      access: write,
      quiet: true,
      answers: { 204: { description: 'Nobody has it any more' }, 404: { description: 'No such server' } },
      handle: async (call) => {
        await call.hub.shares.revokeAll({ ...sharedServer(call.hub, call.param), ...giverOf(call) });
        answerEmpty(call.ctx, 204);
      },
    },
  ]),
];

/** Who asks for it, for the record. */
export function giverOf({ caller, ctx }: Pick<Call, 'caller' | 'ctx'>) {
  return { by: callerName(caller), address: ctx.address };
}

/** @throws Refusal 404, with JupyterHub's sentence. */
export function sharedServer(
  hub: Hub,
  param: Call['param'],
): { readonly owner: string; readonly server: string } {
  const [owner, server] = [param('name'), param('server')];
  const there = server === '' || hub.tables.servers.get(serverKey(owner, server)) !== undefined;
  if (hub.tables.users.get(owner) === undefined || !there) {
    throw new Refusal(404, `No such server: ${serverKey(owner, server).slice(0, 160)}`);
  }
  return { owner, server };
}

/** The scopes to give, each limited to the server. @throws Refusal 400 for one that is limited to something else. */
export function scopesFor(param: Call['param'], scopes: readonly string[] | null): readonly string[] {
  const [owner, server] = [param('name'), param('server')];
  try {
    return limitToServer(scopes ?? [accessScope(owner, server)], owner, server);
  } catch (error) {
    throw new Refusal(400, error instanceof Error ? error.message : 'Bad scopes');
  }
}

/** Nobody gives what they do not hold. @throws Refusal 403. */
export function mayGive(hub: Hub, caller: Caller, scopes: readonly string[]): void {
  for (const scope of scopes) {
    const [name = '', filter = ''] = scope.split('!');
    const on = { kind: 'server', value: filter.slice('server='.length) } as const;
    if (holds(caller.scopes, name, on, groupsOf(hub))) continue;
    throw new Refusal(403, `Do not have permission to grant share with scope ${scope}`);
  }
}

/** 405 for what is done to one server only, to those who might do it there. */
export function wholeServersOnly(path: string, methods: readonly Endpoint['method'][]): readonly Endpoint[] {
  return methods.map((method) => ({
    method,
    path,
    summary: 'Not of all servers at once',
    access: { kind: 'one', on: 'user', any: ['shares'] },
    answers: { 405: { description: 'Name the server' } },
    handle: () => {
      throw new Refusal(405, 'Method Not Allowed');
    },
  }));
}

function named({
  user,
  group,
  everyone,
}: {
  readonly user?: string | null | undefined;
  readonly group?: string | null | undefined;
  readonly everyone?: true | undefined;
}): Grantee {
  const chosen: Grantee[] = [
    ...(typeof user === 'string' && user !== '' ? [{ kind: 'user', name: user } as const] : []),
    ...(typeof group === 'string' && group !== '' ? [{ kind: 'group', name: group } as const] : []),
    ...(everyone === true ? [EVERYONE] : []),
  ];
  const [to] = chosen;
  if (to === undefined || chosen.length > 1) throw new Refusal(400, ONE);
  return to;
}

/** @throws Refusal 403 when the caller may not know whether there is somebody of that name; 400 when there is not. */
function knowPeople(hub: Hub, { scopes }: Caller, { kind, name }: Grantee): void {
  if (kind === 'everyone') return;
  const need = kind === 'user' ? 'read:users:name' : 'read:groups:name';
  if (!holds(scopes, need, { kind, value: name }, groupsOf(hub))) {
    throw new Refusal(403, `Need scope '${need}' to share with ${kind}s by name`);
  }
  const table = kind === 'user' ? hub.tables.users : hub.tables.groups;
  if (table.get(name) === undefined) throw new Refusal(400, `No such ${kind}: ${name.slice(0, 160)}`);
}

function alive(hub: Hub, shares: readonly Share[]): readonly Share[] {
  const now = hub.clock.now();
  return shares.filter((share) => isShareAlive(share, now));
}
