import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import type { Token } from '../../domain/token.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import type { TokenProps, TokensProps } from '../views/account-props.ts';
import { renderPage } from '../views/render.ts';
import { say } from '../views/say.ts';
import { TokensView } from '../views/tokens.tsx';
import { shellOf } from './shell.ts';
import { personOf, signedIn } from './signed-in.ts';

const NOTE_MAX = 200;

/**
 * `/hub/token`: one's own API tokens. A new one is in the answer to its POST and nowhere else, so that answer
 * is no redirect and is kept in no cache.
 */
export function tokenRouter(hub: Hub): Router<HubState> {
  const page = `${hub.settings.baseUrl}hub/token`;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(page, signedIn(hub), (ctx) => {
    const revoked = ctx.query.revoked !== undefined;
    show(ctx, { notice: revoked ? ctx.state.t.tokens.revoked : null });
  });

  router.post(page, signedIn(hub), async (ctx) => {
    const caller = personOf(ctx);
    const note = (ctx.state.form.get('note') ?? '').trim();
    if (note === '' || note.length > NOTE_MAX) return refuse(ctx, ctx.state.t.tokens.badNote, note);
    const answer = await hub.issueToken({
      caller,
      owner: caller.user,
      note,
      expiresIn: expiryOf(ctx),
      scopes: null,
      roles: null,
    });
    if (answer.kind === 'refused') return refuse(ctx, say(ctx.state.t, answer.message), note);
    show(ctx, { issued: { word: answer.word, note } });
  });

  router.post(`${page}/revoke/:id`, signedIn(hub), async (ctx) => {
    const mine = hub.tables.tokens.where('user', personOf(ctx).user.name);
    const token = mine.find(({ id, server }) => id === ctx.params.id && server === null);
    if (token === undefined) throw new Problem('HTTP-404');
    await hub.revokeToken(token);
    ctx.status = 303;
    ctx.redirect(`${page}?revoked`);
  });

  function refuse(ctx: HubContext, error: string, note: string): void {
    ctx.status = 400;
    show(ctx, { error, note: note.slice(0, NOTE_MAX) });
  }

  function show(ctx: HubContext, more: Partial<TokensProps>): void {
    const now = hub.clock.now();
    const tokens = hub.tables.tokens
      .where('user', personOf(ctx).user.name)
      .filter(({ server, expires }) => server === null && (expires === null || expires > now))
      .sort((a, b) => b.created - a.created);
    const present = ({ id, note, created, lastActivity, expires }: Token): TokenProps => {
      return { id, note, created, lastActivity, expires, revoke: `${page}/revoke/${id}` };
    };
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(TokensView, {
      shell: shellOf(hub, ctx),
      own: tokens.filter(({ clientId }) => clientId === null).map(present),
      given: tokens.filter(({ clientId }) => clientId !== null).map(present),
      issued: null,
      notice: null,
      error: null,
      note: '',
      ...more,
    });
  }

  return router;
}

/** Seconds, or null for ever: only what the form offers. @throws Problem HTTP-400. */
function expiryOf(ctx: HubContext): number | null {
  const word = ctx.state.form.get('expires');
  if (word === null || !Object.hasOwn(ctx.state.t.tokens.expiries, word)) {
    throw new Problem('HTTP-400', { detail: 'That is none of the terms that a token can have.' });
  }
  return word === '' ? null : Number(word);
}
