import { z } from 'zod';
import { serverKey } from '../../domain/server.ts';
import { CODE_SECONDS, SHARE_SECONDS, type ShareCode } from '../../domain/share.ts';
import { answerEmpty, answerJson } from './answer.ts';
import type { ApiContext } from './api-context.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { answerAlwaysPaged } from './page.ts';
import { presentShareCode } from './present-share.ts';
import { Refusal } from './refusal.ts';
import {
  giverOf,
  mayGive,
  scopesField,
  scopesFor,
  secondsField,
  sharedServer,
  wholeServersOnly,
} from './shares-endpoints.ts';

const newCode = z
  .strictObject({
    scopes: scopesField,
    expires_in: secondsField(CODE_SECONDS.least, CODE_SECONDS.most).default(CODE_SECONDS.unless),
    share_expires_in: secondsField(SHARE_SECONDS.least, SHARE_SECONDS.most).nullable().default(null),
  })
  .nullish();

const PATHS = ['/share-codes/:name/', '/share-codes/:name/:server'] as const;

/** `/share-codes/:owner[/:server]`: links with which whoever is signed in lets themselves in. */
export const shareCodesEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/share-codes/:name',
    summary: 'Links to what somebody shares',
    access: { kind: 'one', on: 'user', any: ['read:shares'] },
    query: { offset: 'First to show', limit: 'How many' },
    answers: { 200: { description: 'Links', model: 'ShareCodeList' }, 404: { description: 'No such user' } },
    handle: ({ ctx, hub, param }) => {
      if (hub.tables.users.get(param('name')) === undefined) throw new Refusal(404, 'Not Found');
      answerCodes({ ctx, hub }, hub.tables.shareCodes.where('owner', param('name')));
    },
  },
  ...wholeServersOnly('/share-codes/:name', ['POST', 'DELETE']),
  ...PATHS.flatMap((path): readonly Endpoint[] => [
    {
      method: 'GET',
      path,
      summary: 'Links to a server',
      access: { kind: 'one', on: 'server', any: ['read:shares'] },
      query: { offset: 'First to show', limit: 'How many' },
      answers: {
        200: { description: 'Links', model: 'ShareCodeList' },
        404: { description: 'No such server' },
      },
      handle: ({ ctx, hub, param }) => {
        const { owner, server } = sharedServer(hub, param);
        answerCodes({ ctx, hub }, hub.tables.shareCodes.where('server', serverKey(owner, server)));
      },
    },
    endpoint({
      method: 'POST',
      path,
      summary: 'Make a link to a server',
      access: { kind: 'one', on: 'server', any: ['shares'] },
      quiet: true,
      body: newCode,
      answers: {
        200: { description: 'The link, its code this once', model: 'NewShareCode' },
        400: { description: 'Scopes that are not of this server, or a life that is too short or too long' },
        403: { description: 'Scopes that the caller does not hold' },
      },
      handle: async (call) => {
        const { ctx, hub, caller, body, param } = call;
        const scopes = scopesFor(param, body?.scopes ?? null);
        mayGive(hub, caller, scopes);
        const at = sharedServer(hub, param);
        const now = hub.clock.now();
        const ends = body?.share_expires_in ?? null;
        const { code, word } = await hub.shares.makeCode({
          ...at,
          ...giverOf(call),
          scopes,
          expires: now + (body?.expires_in ?? CODE_SECONDS.unless) * 1000,
          shareExpires: ends === null ? null : now + ends * 1000,
        });
        answerJson(ctx, presentShareCode(hub, code, word));
      },
    }),
    {
      method: 'DELETE',
      path,
      summary: 'Take links back; what was got through them stays',
      access: { kind: 'one', on: 'server', any: ['shares'] },
      quiet: true,
      query: { code: 'The one with this code', id: 'The one of this id; neither: all of them' },
      answers: { 204: { description: 'They open nothing any more' }, 404: { description: 'No such link' } },
      handle: async (call) => {
        const { ctx, hub, param } = call;
        const at = sharedServer(hub, param);
        const [code, id] = [wordOf(ctx, 'code'), wordOf(ctx, 'id')];
        const which = whichCode(call, code, id);
        const count = await hub.shares.dropCodes({ ...at, ...giverOf(call) }, which);
        if (count === 0 && code !== '') throw new Refusal(404, 'No matching code found');
        if (count === 0 && id !== '') throw new Refusal(404, `No code found matching id=${id.slice(0, 80)}`);
        answerEmpty(ctx, 204);
      },
    },
  ]),
];

function whichCode({ hub }: Pick<Call, 'hub'>, code: string, id: string): (one: ShareCode) => boolean {
  if (code !== '') {
    const found = hub.shares.findCode(code);
    return ({ hash }) => hash === found?.hash;
  }
  return id === '' ? () => true : (one) => one.id === id;
}

function wordOf(ctx: ApiContext, name: 'code' | 'id'): string {
  const value = ctx.query[name];
  return (Array.isArray(value) ? value.at(-1) : value) ?? '';
}

function answerCodes({ ctx, hub }: Pick<Call, 'ctx' | 'hub'>, codes: readonly ShareCode[]): void {
  const now = hub.clock.now();
  const good = codes.filter(({ expires }) => expires > now).toSorted((a, b) => a.created - b.created);
  answerAlwaysPaged(ctx, good, (code) => presentShareCode(hub, code));
}
